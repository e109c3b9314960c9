import type { ClientBase } from 'pg';

/** Where a list goes on, and how many rows are wanted; one more is read to see whether more follow. */
export interface Slice {
  readonly after?: readonly string[] | undefined;
  readonly limit: number;
}

/** One line of an entry; debit and credit are minor units of the entry's currency, as texts. */
export interface EntryLine {
  readonly account: string;
  readonly contract: string | null;
  readonly debitMinor: string;
  readonly creditMinor: string;
}

/** A proposed journal entry; one that lacks something is `incomplete` and has no lines. */
export interface ProposedEntry {
  readonly entryId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly leaf: string;
  readonly contract: string | null;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly legalEntity: string | null;
  readonly currency: string | null;
  readonly occurredOn: string | null;
  /** `YYYY-MM`, or `undated`. */
  readonly period: string;
  readonly status: string;
  readonly reason: string | null;
  readonly lines: readonly EntryLine[];
}

export interface EntryFilter {
  readonly contract?: string | undefined;
  readonly period?: string | undefined;
  readonly status?: string | undefined;
}

/** The key of an entry in its list's order. */
export function entryKeyOf(entry: ProposedEntry): readonly string[] {
  return [entry.entryId];
}

export async function listEntries(
  client: ClientBase,
  filter: EntryFilter,
  { after, limit }: Slice,
): Promise<readonly ProposedEntry[]> {
  const { rows } = await client.query<ProposedEntry>(
    `SELECT entry_id AS "entryId", event_id AS "eventId", event_type AS "eventType", leaf,
            contract, rule, rule_version AS "ruleVersion", legal_entity AS "legalEntity",
            currency, occurred_on AS "occurredOn", period, status, reason,
            coalesce(
              (SELECT jsonb_agg(jsonb_build_object(
                        'account', line.account, 'contract', line.contract,
                        'debitMinor', line.debit_minor::text,
                        'creditMinor', line.credit_minor::text) ORDER BY line.line_number)
                 FROM proposed_line AS line
                WHERE line.entry_id = entry.entry_id), '[]') AS lines
       FROM proposed_entry AS entry
      WHERE ($1::text IS NULL OR contract = $1)
        AND ($2::text IS NULL OR period = $2)
        AND ($3::text IS NULL OR status = $3)
        AND ($4::text IS NULL OR entry_id > $4)
      ORDER BY entry_id
      LIMIT $5`,
    [
      filter.contract ?? null,
      filter.period ?? null,
      filter.status ?? null,
      after?.[0] ?? null,
      limit + 1,
    ],
  );
  return rows;
}

/** The sum of an account over the periods asked for, in minor units as texts. */
export interface AccountBalance {
  readonly legalEntity: string;
  readonly currency: string;
  readonly account: string;
  readonly debitMinor: string;
  readonly creditMinor: string;
}

/** All accounts of a legal entity in one currency; debit equals credit, or the books are wrong. */
export interface BalanceTotal {
  readonly legalEntity: string;
  readonly currency: string;
  readonly debitMinor: string;
  readonly creditMinor: string;
}

/** The key of an account in the trial balance's order. */
export function accountKeyOf(balance: AccountBalance): readonly string[] {
  return [balance.legalEntity, balance.currency, balance.account];
}

export async function listAccountBalances(
  client: ClientBase,
  period: string | undefined,
  { after, limit }: Slice,
): Promise<readonly AccountBalance[]> {
  const { rows } = await client.query<AccountBalance>(
    `SELECT legal_entity AS "legalEntity", currency, account,
            sum(debit_minor) AS "debitMinor", sum(credit_minor) AS "creditMinor"
       FROM balance
      WHERE ($1::text IS NULL OR period = $1)
        AND ($2::text IS NULL OR (legal_entity, currency, account) > ($2, $3, $4))
      GROUP BY legal_entity, currency, account
      ORDER BY legal_entity, currency, account
      LIMIT $5`,
    [period ?? null, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, limit + 1],
  );
  return rows;
}

export async function readBalanceTotals(
  client: ClientBase,
  period: string | undefined,
): Promise<readonly BalanceTotal[]> {
  const { rows } = await client.query<BalanceTotal>(
    `SELECT legal_entity AS "legalEntity", currency,
            sum(debit_minor) AS "debitMinor", sum(credit_minor) AS "creditMinor"
       FROM balance
      WHERE ($1::text IS NULL OR period = $1)
      GROUP BY legal_entity, currency
      ORDER BY legal_entity, currency`,
    [period ?? null],
  );
  return rows;
}

/** How many entries are complete, and how many wait for what reason; counts are texts. */
export interface EntryCount {
  readonly status: string;
  readonly reason: string | null;
  readonly count: string;
}

export async function countEntries(client: ClientBase): Promise<readonly EntryCount[]> {
  const { rows } = await client.query<EntryCount>(
    `SELECT status, reason, count(*) AS count FROM proposed_entry
      GROUP BY status, reason ORDER BY status, reason`,
  );
  return rows;
}
