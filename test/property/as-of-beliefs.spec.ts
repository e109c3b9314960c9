import type { ClientBase, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { readAsOf, type Table } from '#projection-engine';
import { daybookGroup } from '#projections';
import { openPool } from '../doubles/open-pool.js';
import { startTemporaryPostgres, type TemporaryPostgres } from '../doubles/temporary-postgres.js';
import { euro, fact } from '../fixtures/facts.js';
import { plainReference } from '../fixtures/full-fold.js';
import { GrowingLedger, tablesOf } from '../fixtures/growing-ledger.js';
import { countedTables } from '../fixtures/what-counts.js';

const group = daybookGroup(plainReference);
const counted = new Set([
  'order_header',
  'order_line',
  'order_tender',
  'finding',
  'contract_balance',
]);
const tables = tablesOf(group).filter(({ name }) => counted.has(name));

const web = 'order-shop:1';
const erp = 'order-erp:9';
const payment = 'payment-psp:1';
const at = (day: number) => `2026-03-0${day}T10:00:00.000Z`;

function captured(leaf: string): AnyLedgerEvent {
  const line = { line: '1', kind: 'goods' as const, sku: 'A', qty: 1, uom: 'each' };
  return fact('OrderCaptured', leaf, {
    legalEntity: 'de01',
    currency: 'EUR',
    debtor: { kind: 'customer', id: leaf },
    channel: 'web',
    lines: [{ ...line, gross: euro(2_000), discount: euro(0), taxes: [] }],
  });
}

function paid(minor: number, order: string | null = web): AnyLedgerEvent {
  const amount = euro(minor);
  const orderRefs = order === null ? null : [{ order, amount }];
  const data = { tender: 'card' as const, legalEntity: 'de01', amount, orderRefs };
  return fact(
    'PaymentCaptured',
    payment,
    { ...data, capture: 'c1' },
    { account: 'psp', at: at(2) },
  );
}

/** Another report of the same payment, as its source tells it after it took the first one back. */
function tied(order: string): AnyLedgerEvent {
  const data = { object: payment, referenceType: 'order', reference: order };
  return fact('ExternalReferenceAttached', payment, data, { account: 'psp', at: at(2) });
}

function corrected({ leaf, eventId, type }: AnyLedgerEvent, correction: string): AnyLedgerEvent {
  const target = { leaf, eventId, type };
  const data = { target, correction, reason: 'incorrect_data' as const };
  return fact('EventCorrected', leaf, data, { account: 'psp', at: at(3) });
}

const decided = { kind: 'decision', account: 'desk', at: at(4) } as const;
const approval = 'approval-daybook:1';
const merged = fact('OrderMarkedDuplicate', erp, { survivingOrder: web, approval }, decided);
const reverted = fact(
  'OrderMergeReverted',
  erp,
  { survivingOrder: web, mergedBy: merged.eventId, approval },
  decided,
);

/** What was recorded next, and all that is believed from then on. */
interface Stage {
  readonly recorded: readonly AnyLedgerEvent[];
  readonly believed: readonly AnyLedgerEvent[];
}

const order = captured(web);
const granted = fact('ApprovalGranted', approval, { decidedBy: 'lead' });
const both = [order, captured(erp), granted];
const denied = corrected(paid(2_000), 'k1');
const histories: readonly (readonly [string, readonly Stage[]])[] = [
  [
    'a correction',
    [
      { recorded: [order, paid(1_500)], believed: [order, paid(1_500)] },
      { recorded: [corrected(paid(1_500), 'k1'), paid(2_000)], believed: [order, paid(2_000)] },
    ],
  ],
  [
    'a correction of the correction',
    [
      { recorded: [order, paid(2_000)], believed: [order, paid(2_000)] },
      { recorded: [denied], believed: [order] },
      { recorded: [corrected(denied, 'k2')], believed: [order, paid(2_000)] },
    ],
  ],
  [
    'a wrong tie that was corrected',
    [
      { recorded: [...both, paid(2_000, null)], believed: [...both, paid(2_000, null)] },
      { recorded: [tied(erp)], believed: [...both, paid(2_000, erp)] },
      { recorded: [corrected(tied(erp), 'k1'), tied(web)], believed: [...both, paid(2_000, web)] },
    ],
  ],
  [
    'a merge that was reverted',
    [
      { recorded: [...both, paid(2_000, erp)], believed: [...both, paid(2_000, erp)] },
      { recorded: [merged], believed: [...both, paid(2_000, erp), merged] },
      { recorded: [reverted], believed: [...both, paid(2_000, erp)] },
    ],
  ],
];

describe('the past of what was believed otherwise since', () => {
  let postgres: TemporaryPostgres;
  let pool: Pool;

  beforeAll(async () => {
    postgres = await startTemporaryPostgres();
    pool = openPool({ connectionString: postgres.connectionString });
  });
  afterAll(async () => {
    await pool.end();
    await postgres.stop();
  });

  async function linesAt(sequence: number): Promise<readonly string[]> {
    const past = await readAsOf(
      {
        pool,
        groupName: group.name,
        definitionOf: () => group,
        limits: { pastEventsMax: 1_000, loadedNamesMax: 10_000 },
      },
      { moment: { kind: 'sequence', sequence }, tables: tables.map(({ name }) => name) },
      storedLines,
    );
    if (past.outcome === 'refused') throw new Error(past.message);
    return past.result;
  }

  it.each(histories)(
    'shows for %s what was believed then, and now what is right',
    async (_name, stages) => {
      const ledger = new GrowingLedger(pool, group, 40);
      await ledger.begin(at(1));
      const ends: number[] = [];
      for (const { recorded } of stages) {
        for (const event of recorded) ledger.write(event, at(5));
        ends.push(ledger.sequence);
      }
      await ledger.follow();
      for (const [index, { believed }] of stages.entries()) {
        expect(await linesAt(ends[index] ?? 0)).toEqual(foldedLines(believed));
      }
      const [last, before] = [stages.at(-1), stages.at(-2)];
      expect(foldedLines(last?.believed ?? [])).not.toEqual(foldedLines(before?.believed ?? []));
    },
  );
});

/** What people act on in a table, one value a column, all as text; ids of events are evidence. */
function columnsOf({ columns }: Table): readonly string[] {
  return columns
    .filter(({ type, arrival }) => arrival !== true && type !== 'text[]' && type !== 'jsonb')
    .map(({ name }) => name);
}

function lineOf(table: Table, values: readonly string[]): readonly string[] {
  const isNothing =
    table.kind === 'sums' &&
    columnsOf(table).every(
      (name, index) => table.primaryKey.includes(name) || values[index] === '0',
    );
  return isNothing ? [] : [`${table.name} ${values.join(' | ')}`];
}

async function storedLines(client: ClientBase): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const table of tables) {
    const names = columnsOf(table).map((name) => `coalesce(${name}::text, 'null')`);
    const { rows } = await client.query<{ values: string[] }>(
      `SELECT ARRAY[${names.join(', ')}] AS values FROM ${table.name}`,
    );
    lines.push(...rows.flatMap(({ values }) => lineOf(table, values)));
  }
  return lines.sort();
}

function foldedLines(events: readonly AnyLedgerEvent[]): readonly string[] {
  const folded = countedTables(events);
  return group.projections
    .flatMap((projection) =>
      tables
        .filter((table) => projection.tables.includes(table))
        .flatMap((table) => {
          const own = columnsOf(table);
          const kept = table.columns.filter(({ arrival }) => arrival !== true);
          const rows = folded.get(`${projection.name}.${table.name}`)?.values() ?? [];
          return [...rows].flatMap((values) =>
            lineOf(
              table,
              kept.flatMap(({ name }, index) =>
                own.includes(name) ? [String(values[index])] : [],
              ),
            ),
          );
        }),
    )
    .sort();
}
