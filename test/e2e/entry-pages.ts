import type { RunningDaybook } from '../doubles/running-daybook.js';

interface EntryPage {
  readonly items: readonly {
    readonly lines: readonly {
      readonly account: string;
      readonly contract: string | null;
      readonly debitMinor: string;
      readonly creditMinor: string;
    }[];
  }[];
  readonly next: string | null;
}

/** The balance of every contract in minor units, debit less credit, summed from all entries. */
export async function contractBalances(
  daybook: Pick<RunningDaybook, 'get'>,
): Promise<ReadonlyMap<string, bigint>> {
  const balances = new Map<string, bigint>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await daybook.get(`/v1/entries?limit=500${from}`);
    const page = body as EntryPage;
    const lines = page.items.flatMap((entry) => entry.lines);
    for (const { account, contract, debitMinor, creditMinor } of lines) {
      if (account !== 'contract' || contract === null) continue;
      const before = balances.get(contract) ?? 0n;
      balances.set(contract, before + BigInt(debitMinor) - BigInt(creditMinor));
    }
    cursor = page.next;
  }
  return balances;
}

/** The balances that are not zero, as an object that a test can compare. */
export function openBalances(balances: Iterable<readonly [string, bigint]>) {
  return Object.fromEntries([...balances].filter(([, balance]) => balance !== 0n));
}
