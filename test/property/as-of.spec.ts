import fc from 'fast-check';
import type { ClientBase, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { instantFromMilliseconds } from '#kernel';
import { type Moment, type PastRead, readAsOf } from '#projection-engine';
import { daybookGroup } from '#projections';
import { openPool } from '../doubles/open-pool.js';
import { startTemporaryPostgres, type TemporaryPostgres } from '../doubles/temporary-postgres.js';
import { type FoldedTables, fullFold, plainReference } from '../fixtures/full-fold.js';
import { GrowingLedger, linesOf, tablesOf } from '../fixtures/growing-ledger.js';
import { randomHistory } from '../fixtures/history.js';
import { Random } from '../fixtures/random.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const histories = deep ? 60 : 3;
const stops = deep ? 12 : 3;

const group = daybookGroup(plainReference);
const tables = tablesOf(group);
const orderTables = tables.filter(({ name }) =>
  ['entry', 'order_header', 'order_line', 'finding'].includes(name),
);
const openedAt = Date.parse('2026-04-01T00:00:00.000Z');

describe('tables as of a moment', () => {
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

  async function read(
    moment: Moment,
    choice: {
      readonly subject?: string;
      readonly pastEventsMax?: number;
      readonly asked?: typeof tables;
    } = {},
  ): Promise<PastRead<string>> {
    const { subject, pastEventsMax = 100_000 } = choice;
    const asked = choice.asked ?? (subject === undefined ? tables : orderTables);
    return readAsOf(
      {
        pool,
        groupName: group.name,
        definitionOf: () => group,
        limits: { pastEventsMax, loadedNamesMax: 1_000_000 },
      },
      {
        moment,
        tables: asked.map(({ name }) => name),
        ...(subject === undefined ? {} : { subjects: [subject] }),
      },
      (client) => linesOf(client, asked),
    );
  }

  async function linesAt(sequence: number, subject?: string): Promise<string> {
    const past = await read(
      { kind: 'sequence', sequence },
      subject === undefined ? {} : { subject },
    );
    if (past.outcome === 'refused') throw new Error(past.message);
    expect(past.asOf.sequence).toBe(sequence);
    return past.result;
  }

  it('are what they were then, all of them and those of one order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer(), async (seed, order) => {
        const random = new Random(order);
        const history = random.shuffled(randomHistory(seed, 3));
        const ledger = new GrowingLedger(pool, group, random.pick([1, 7, 40]));
        await ledger.begin(instantFromMilliseconds(openedAt));
        const then = new Map<number, { readonly all: string; readonly orders: string }>();
        const ends = endsOf(random, history.length);
        for (const [index, event] of history.entries()) {
          if (ends.has(index)) {
            await ledger.follow();
            const orders = await ledger.linesNow(orderTables);
            then.set(ledger.sequence, { all: await ledger.linesNow(tables), orders });
          }
          ledger.write(event, instantFromMilliseconds(openedAt + index));
        }
        await ledger.follow();
        const subjects = new Set(history.map(({ leaf }) => leaf));
        for (const [sequence, { all, orders }] of then) {
          expect(await linesAt(sequence)).toBe(all);
          const subject = random.pick([...subjects]);
          expect(await linesAt(sequence, subject)).toBe(onlyOf(orders, subject));
        }
        expect(await linesAt(ledger.sequence)).toBe(await ledger.linesNow(tables));
      }),
      { numRuns: histories, endOnFailure: true },
    );
  });

  it('as of an instant are those of the last event by which nothing was recorded later', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const random = new Random(seed);
        const history = randomHistory(seed, 1);
        const ledger = new GrowingLedger(pool, group, random.pick([1, 5, 40]));
        // Clocks step back: some events say they were recorded before the ones in front of them.
        const recorded = [openedAt];
        await ledger.begin(instantFromMilliseconds(openedAt));
        for (const event of history) {
          recorded.push(openedAt + random.between(-5, 5) + 2 * recorded.length);
          ledger.write(event, instantFromMilliseconds(recorded.at(-1) ?? 0));
        }
        await ledger.follow();
        for (let at = openedAt - 2; at < Math.max(...recorded) + 2; at += random.between(1, 9)) {
          const first = recorded.findIndex((milliseconds) => milliseconds > at);
          const moment = { kind: 'instant', instant: instantFromMilliseconds(at) } as const;
          const past = await read(moment, { asked: [] });
          if (first === 0) expect(past).toMatchObject({ code: 'as_of_before_ledger' });
          else if (first > 0) {
            expect(past).toMatchObject({ asOf: { sequence: first - 1, isSettled: true } });
          } else {
            expect(past).toMatchObject({ asOf: { sequence: ledger.sequence, isSettled: false } });
          }
        }
      }),
      { numRuns: histories, endOnFailure: true },
    );
  });

  it('are formed from waypoints where they lie far from both ends, and equal one plain fold', async () => {
    const terms = { everyEvents: 10, fineEvents: 60, coarseEvents: 40 };
    const batchEventsMax = 7;
    // Half of the longest way between two waypoints.
    const pastEventsMax = Math.ceil((40 * 1.25 + 10 + batchEventsMax) / 2);
    const ofWaypoints = { ...group, waypoints: terms };
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const random = new Random(seed);
        const history = random.shuffled([seed, seed + 1, seed + 2].flatMap(ordersOf));
        const ledger = new GrowingLedger(pool, ofWaypoints, batchEventsMax);
        await ledger.begin(instantFromMilliseconds(openedAt));
        for (const event of history) ledger.write(event, instantFromMilliseconds(openedAt));
        await ledger.follow();
        expect(ledger.sequence).toBeGreaterThan(2 * pastEventsMax + stops);
        for (let stop = 0; stop < 2 * stops; stop += 1) {
          const sequence = random.between(pastEventsMax + 1, ledger.sequence - pastEventsMax - 1);
          const past = await readAsOf(
            {
              pool,
              groupName: group.name,
              definitionOf: () => ofWaypoints,
              limits: { pastEventsMax, loadedNamesMax: 1_000_000 },
            },
            { moment: { kind: 'sequence', sequence }, tables: Object.keys(asSummed) },
            summedLines,
          );
          // The ledger's opening is its first event.
          const folded = foldedLines(fullFold(history.slice(0, sequence)));
          expect(past).toMatchObject({ outcome: 'read', asOf: { sequence }, result: folded });
        }
      }),
      { numRuns: deep ? 30 : 1, endOnFailure: true },
    );
  });

  it('are refused where they lie beyond the last event, or too many events away', async () => {
    const history = randomHistory(1, 3);
    const ledger = new GrowingLedger(pool, group, 40);
    await ledger.begin(instantFromMilliseconds(openedAt));
    for (const event of history) ledger.write(event, instantFromMilliseconds(openedAt));
    await ledger.follow();
    const beyond = await read({ kind: 'sequence', sequence: ledger.sequence + 1 });
    expect(beyond).toMatchObject({ outcome: 'refused', code: 'as_of_beyond_tail' });
    const middle = Math.floor(ledger.sequence / 2);
    const far = await read({ kind: 'sequence', sequence: middle }, { pastEventsMax: 5 });
    expect(far).toMatchObject({ outcome: 'refused', code: 'as_of_too_far' });
    const near = await read({ kind: 'sequence', sequence: 4 }, { pastEventsMax: 5 });
    expect(near).toMatchObject({ outcome: 'read', asOf: { sequence: 4 } });
  });

  it('are refused where it was not kept what each event changed', async () => {
    const ledger = new GrowingLedger(pool, group, 1);
    await ledger.begin(instantFromMilliseconds(openedAt));
    for (const event of randomHistory(2, 1)) ledger.write(event, instantFromMilliseconds(openedAt));
    await ledger.follow();
    await pool.query('DELETE FROM projection_engine.arrival WHERE last_sequence = 5');
    const past = await read({ kind: 'sequence', sequence: 4 });
    expect(past).toMatchObject({ outcome: 'read' });
    const across = await read({ kind: 'sequence', sequence: 6 });
    expect(across).toMatchObject({ outcome: 'refused', code: 'as_of_not_kept' });
  });
});

/** The tables that waypoints keep, by the rows they keep of each. */
const asSummed: Readonly<Record<string, (row: Readonly<Record<string, string>>) => boolean>> = {
  balance: () => true,
  stock: () => true,
  reservation: ({ open }) => open !== '0',
  soft_reservation: ({ open }) => open !== '0',
  backorder: ({ open }) => open !== '0',
  incoming_stock: ({ open }) => open !== '0',
  transfer_line: ({ in_transit: inTransit }) => inTransit !== '0',
};

/** The rows of these tables, every value as text. */
async function summedLines(client: ClientBase): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const table of tables.filter(({ name }) => name in asSummed)) {
    const names = table.columns
      .map(({ name }) => `'${name}', coalesce(${name}::text, 'null')`)
      .join(', ');
    const { rows } = await client.query<{ row: Record<string, string> }>(
      `SELECT jsonb_build_object(${names}) AS row FROM ${table.name}`,
    );
    lines.push(...rows.flatMap(({ row }) => lineOf(table.name, row)));
  }
  return lines.sort();
}

function foldedLines(folded: FoldedTables): readonly string[] {
  const lines = group.projections.flatMap((projection) =>
    projection.tables.flatMap((table) =>
      [...(folded.get(`${projection.name}.${table.name}`) ?? new Map()).values()].flatMap(
        (values: readonly unknown[]) =>
          lineOf(
            table.name,
            Object.fromEntries(
              table.columns.map(({ name }, index) => [name, String(values[index])]),
            ),
          ),
      ),
    ),
  );
  return lines.sort();
}

function lineOf(table: string, row: Readonly<Record<string, string>>): readonly string[] {
  if (asSummed[table]?.(row) !== true) return [];
  const names = Object.keys(row).toSorted();
  return [`${table} ${JSON.stringify(names.map((name) => [name, row[name]]))}`];
}

function ordersOf(seed: number): readonly AnyLedgerEvent[] {
  return randomHistory(seed, 3);
}

/** Where a history is looked at: before random events of it. */
function endsOf(random: Random, length: number): ReadonlySet<number> {
  return new Set(Array.from({ length: stops }, () => random.between(0, length - 1)));
}

/** The rows of one subject, which stands in their first column. */
function onlyOf(lines: string, subject: string): string {
  return lines
    .split('\n')
    .filter((line) => !line.startsWith('[') || line.startsWith(`[${JSON.stringify(subject)},`))
    .join('\n');
}
