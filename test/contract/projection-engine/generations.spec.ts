import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  ActiveReader,
  adoptDerivation,
  beginReading,
  diffGenerations,
  equalTablesDump,
  type GenerationsDiff,
  type GroupProgress,
  readActiveGeneration,
  readCheckpoint,
  readGenerationCheckpoint,
  readGenerations,
  readStanding,
  retireGeneration,
  startGeneration,
  switchGeneration,
  verify,
} from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { accounts, opening, reading, write } from './accounts-domain.js';
import { catchUp, emptyTables, endRuns, Running } from './running.js';

const isDeep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const derivation = { digest: 'rules', recipe: '{}' };
const groupName = 'accounts';

let postgres: TemporaryPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
});
beforeEach(() => emptyTables(pool));
const toEnd: { end(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(toEnd.splice(0).map((work) => work.end()));
  await endRuns();
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

const [statements] = accounts.projections;
if (statements === undefined) throw new Error('The accounts have a projection.');

/** Version 2 says of a transfer in dollars that it is foreign; nothing else is derived otherwise. */
const changedAccounts: typeof accounts = {
  ...accounts,
  projections: [
    {
      ...statements,
      version: 2,
      rowsOf: (view) =>
        statements.rowsOf(view).map((row) => {
          const [reference, from, to, amount, currency, , leaf, revision] = row.values;
          if (row.table !== 'transfer' || currency !== 'USD') return row;
          const note = JSON.stringify({ foreign: true });
          return {
            ...row,
            values: [reference, from, to, amount, currency, note, leaf, revision].map(
              (value) => value ?? null,
            ),
          };
        }),
    },
  ],
};

function transfer(store: InMemoryEventStore, id: number, currency: 'EUR' | 'USD'): void {
  write(store, {
    type: 'Transferred',
    eventId: `t${id}`,
    leaf: `transfer-${id}`,
    from: `account-${id % 101}`,
    to: `account-${(id + 1) % 101}`,
    amount: id + 1,
    currency,
    reference: `r${id}`,
  });
}

function storeOf(currencies: readonly ('EUR' | 'USD')[]): InMemoryEventStore {
  const store = new InMemoryEventStore();
  write(store, opening);
  currencies.forEach((currency, id) => transfer(store, id, currency));
  return store;
}

async function started(group: typeof accounts = accounts): Promise<number> {
  const outcome = await startGeneration(pool, group, derivation, false);
  if (outcome.outcome !== 'started') throw new Error(outcome.message);
  return outcome.generation;
}

const diffOf = (first: number, second: number) =>
  diffGenerations({
    pool,
    group: accounts,
    first,
    second,
    differencesMax: 1_000,
    waitMilliseconds: 5_000,
  });

const sequenceAt =
  (sequence: number) =>
  (progress: GroupProgress): boolean =>
    progress.sequence >= sequence;

interface Reading {
  readonly subjects: number;
  /** The sequence of the last event that any row was derived from. */
  readonly last: number;
}

/** One read of a user: whatever generation is active in its snapshot. */
async function readOnce(): Promise<Reading> {
  const client = await pool.connect();
  try {
    await beginReading(client, groupName);
    const { rows } = await client.query<{ subjects: string; last: string | null }>(
      'SELECT count(*) AS subjects, max(last_sequence) AS last FROM subject_outline',
    );
    return { subjects: Number(rows[0]?.subjects), last: Number(rows[0]?.last ?? -1) };
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/** The same read by one statement without a transaction. */
async function readByOneStatement(reader: ActiveReader): Promise<Reading> {
  const { subjects, last } = await reader.read<{ subjects: string; last: string | null }>({
    name: 'how much there is',
    text: ({ of }) =>
      `SELECT count(*) AS subjects, max(last_sequence) AS last FROM ${of('account-statements')}subject_outline`,
    values: [],
  });
  return { subjects: Number(subjects), last: Number(last ?? -1) };
}

/** Polls as several readers would, each told what any of them was ever told before it began. */
class Readers {
  reads = 0;
  readonly faults: string[] = [];
  #seen: Reading = { subjects: 1, last: 0 };
  #ending = false;
  readonly #ended: Promise<unknown>;

  constructor() {
    const reader = new ActiveReader(pool, groupName);
    const byOneStatement = () => readByOneStatement(reader);
    this.#ended = Promise.all(
      [readOnce, byOneStatement, byOneStatement].map((read) => this.#poll(read)),
    );
  }

  async end(): Promise<void> {
    this.#ending = true;
    await this.#ended;
  }

  async #poll(read: () => Promise<Reading>): Promise<void> {
    while (!this.#ending) {
      const before = this.#seen;
      const now = await read();
      this.reads += 1;
      if (now.subjects < before.subjects || now.last < before.last) {
        this.faults.push(`${JSON.stringify(before)}, then ${JSON.stringify(now)}`);
      }
      if (now.last > this.#seen.last) this.#seen = now;
    }
  }
}

/** Writes transfers as fast as the loop turns, until it is told to end. */
class Writer {
  count: number;
  #ending = false;
  readonly #ended: Promise<void>;

  constructor(
    private readonly store: InMemoryEventStore,
    firstId: number,
  ) {
    this.count = firstId;
    this.#ended = this.#write();
  }

  /** Ends it; answers how many events the store holds. */
  async end(): Promise<number> {
    this.#ending = true;
    await this.#ended;
    return this.count + 1;
  }

  async #write(): Promise<void> {
    while (!this.#ending) {
      transfer(this.store, this.count, this.count % 3 === 0 ? 'USD' : 'EUR');
      this.count += 1;
      // A round trip to PostgreSQL between two of them, so that readers and runs get their turn.
      await pool.query('SELECT 1');
    }
  }
}

describe('a rebuild during live writes', () => {
  it('shows no reader an empty model or an older position, through switch and rollback', async () => {
    const store = storeOf(Array.from({ length: isDeep ? 2_000 : 300 }, () => 'EUR'));
    const first = new Running(store, pool);
    await first.until(sequenceAt(301));
    const readers = new Readers();
    toEnd.push(readers);
    const writer = new Writer(store, 300);
    toEnd.push(writer);
    const generation = await started();
    const second = new Running(store, pool, { generation });
    await second.until(sequenceAt(301));
    for (const to of [generation, 1, generation, 1]) {
      const before = await readCheckpoint(pool, groupName);
      const limits = { lagEventsMax: 5_000, waitMilliseconds: 20_000 };
      const switched = await switchGeneration(pool, { groupName, generation: to }, limits);
      expect(switched).toMatchObject({ outcome: 'switched', to });
      if (switched.outcome === 'switched') {
        expect(switched.sequence).toBeGreaterThanOrEqual(before?.sequence ?? 0);
      }
      const reads = readers.reads;
      const written = writer.count;
      while (readers.reads < reads + 10 || writer.count < written + 10) await setImmediate();
    }
    const events = await writer.end();
    await Promise.all([first.until(sequenceAt(events)), second.until(sequenceAt(events))]);
    await readers.end();
    expect(readers.faults).toEqual([]);
    expect(await diffOf(1, generation)).toMatchObject({ outcome: 'equal', sequence: events });
  }, 60_000);

  it('is read at once by who knew another one that is gone', async () => {
    const store = storeOf(['EUR']);
    await catchUp(store, pool, 2);
    const reader = new ActiveReader(pool, groupName);
    const before = await readByOneStatement(reader);
    const built = new Running(store, pool, { generation: await started() });
    await built.until(sequenceAt(2));
    await switchGeneration(pool, { groupName, generation: 2 });
    await retireGeneration(pool, { groupName, generation: 1 });
    expect(await readByOneStatement(reader)).toEqual(before);
  });

  it('is read at once where it goes between being found and being asked', async () => {
    const store = storeOf(['EUR']);
    await catchUp(store, pool, 2);
    const built = new Running(store, pool, { generation: await started() });
    await built.until(sequenceAt(2));
    let isFound = false;
    const query = async (...question: readonly unknown[]): Promise<unknown> => {
      const answer = await (pool.query as (...all: readonly unknown[]) => Promise<unknown>).call(
        pool,
        ...question,
      );
      if (isFound) return answer;
      isFound = true;
      await switchGeneration(pool, { groupName, generation: 2 });
      await retireGeneration(pool, { groupName, generation: 1 });
      return answer;
    };
    const reader = new ActiveReader({ query } as unknown as pg.Pool, groupName);
    expect(await readByOneStatement(reader)).toEqual(await readOnce());
  });

  it('is refused beside another one, and a number is never given again', async () => {
    expect(await started()).toBe(2);
    const again = await startGeneration(pool, accounts, derivation, false);
    expect(again).toMatchObject({ outcome: 'refused', code: 'generation_building' });
    const key = { groupName, generation: 2 };
    expect(await retireGeneration(pool, key)).toEqual({ outcome: 'retired', generation: 2 });
    expect(await started()).toBe(3);
    expect(await retireGeneration(pool, { groupName, generation: 1 })).toMatchObject({
      outcome: 'refused',
      code: 'generation_state_wrong',
    });
  });

  it('goes on where it was broken off', async () => {
    const store = storeOf(Array.from({ length: 200 }, () => 'EUR'));
    await catchUp(store, pool, 201);
    const generation = await started();
    const broken = new Running(store, pool, { generation, batchEventsMax: 10 });
    await broken.until(sequenceAt(50));
    await pool.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
    );
    await broken.stop();
    const kept = await readGenerationCheckpoint(pool, { groupName, generation });
    expect(kept?.sequence).toBeGreaterThanOrEqual(50);
    const resumed = new Running(store, pool, { generation });
    const [taken] = [await resumed.until(({ epoch }) => epoch > 0)];
    expect(taken.sequence).toBe(kept?.sequence);
    await resumed.until(sequenceAt(201));
    expect(await diffOf(1, generation)).toMatchObject({ outcome: 'equal' });
    const checked = await verify({ store, pool, definition: accounts, generation, ...reading });
    expect(checked).toMatchObject({ outcome: 'equal', repeated: 0 });
  });
});

describe('a diff of two generations', () => {
  it('is empty for an unchanged version', async () => {
    const store = storeOf(['EUR', 'USD', 'EUR']);
    await catchUp(store, pool, 4);
    const generation = await started();
    await catchUp(store, pool, 4, { generation });
    expect(await diffOf(1, generation)).toMatchObject({
      outcome: 'equal',
      sequence: 4,
      differencesTotal: 0,
      differences: [],
      unsharedTables: [],
    });
    expect(await equalTablesDump(pool, accounts, generation)).toBe(
      await equalTablesDump(pool, accounts, 1),
    );
  });

  it('of a changed rule shows exactly the rows it touches', async () => {
    const currencies = fc.array(fc.constantFrom('EUR' as const, 'USD' as const), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(currencies, async (drawn) => {
        await emptyTables(pool);
        const store = storeOf(drawn);
        await catchUp(store, pool, drawn.length + 1);
        const generation = await started(changedAccounts);
        await catchUp(store, pool, drawn.length + 1, { generation, definition: changedAccounts });
        const diff = (await diffOf(1, generation)) as GenerationsDiff;
        const touched = drawn.flatMap((currency, id) => (currency === 'USD' ? [`r${id}`] : []));
        expect(new Set(diff.differences.map(({ primaryKey }) => primaryKey['reference']))).toEqual(
          new Set(touched),
        );
        for (const difference of diff.differences) {
          expect(difference).toMatchObject({
            table: 'transfer',
            kind: 'differs',
            column: 'note',
            second: '{"foreign": true}',
          });
        }
        expect(diff.differencesTotal).toBe(touched.length);
        expect(diff.outcome).toBe(touched.length === 0 ? 'equal' : 'different');
      }),
      { numRuns: isDeep ? 50 : 5 },
    );
  });

  it('names rows that only one of them has, with totals', async () => {
    const store = storeOf(['EUR', 'USD', 'EUR']);
    await catchUp(store, pool, 4);
    const generation = await started();
    await catchUp(store, pool, 4, { generation });
    await pool.query(`
      DELETE FROM account_statements_v1_g1.transfer WHERE reference = 'r0';
      DELETE FROM account_statements_v1_g2.transfer WHERE reference = 'r2';
      UPDATE account_statements_v1_g2.transfer SET revision = 99;
      UPDATE account_statements_v1_g2.balance SET amount_minor = 77 WHERE account = 'account-1'
        AND currency = 'USD'`);
    const diff = await diffOf(1, generation);
    expect(diff).toMatchObject({
      outcome: 'different',
      differencesTotal: 3,
      differences: [
        { kind: 'differs', table: 'balance', column: 'amount_minor', first: '-2', second: '77' },
        { kind: 'only_in_first', table: 'transfer', primaryKey: { reference: 'r2' } },
        { kind: 'only_in_second', table: 'transfer', primaryKey: { reference: 'r0' } },
      ],
    });
  });

  it('is refused where one of them stands still behind the other', async () => {
    const store = storeOf(['EUR']);
    await catchUp(store, pool, 2);
    const generation = await started();
    const outcome = await diffGenerations({
      pool,
      group: accounts,
      first: 1,
      second: generation,
      differencesMax: 10,
      waitMilliseconds: 20,
    });
    expect(outcome).toMatchObject({ outcome: 'refused', code: 'generation_not_caught_up' });
  });
});

describe('a switch', () => {
  it('is refused to a generation that holds fewer events than are read', async () => {
    const store = storeOf(['EUR', 'EUR']);
    await catchUp(store, pool, 3);
    const generation = await started();
    await catchUp(store, pool, 2, { generation, batchEventsMax: 1 });
    await pool.query('UPDATE projection_engine.checkpoint SET sequence = 2 WHERE generation = $1', [
      generation,
    ]);
    const outcome = await switchGeneration(
      pool,
      { groupName, generation },
      { lagEventsMax: 100, waitMilliseconds: 20 },
    );
    expect(outcome).toMatchObject({ outcome: 'refused', code: 'generation_not_caught_up' });
    expect((await readActiveGeneration(pool, groupName))?.generation).toBe(1);
  });

  it('that is cut off before any of its statements leaves one or the other', async () => {
    const store = storeOf(['EUR', 'USD']);
    await catchUp(store, pool, 3);
    const generation = await started();
    await catchUp(store, pool, 3, { generation });
    const targets = { 1: generation, [generation]: 1 } as Record<number, number>;
    let hasFinished = false;
    for (let statement = 1; !hasFinished; statement += 1) {
      const before = (await readActiveGeneration(pool, groupName))?.generation ?? 0;
      const to = targets[before] ?? 0;
      const cut = cutOff(statement);
      hasFinished = await switchGeneration(cut.pool, { groupName, generation: to }).then(
        () => true,
        () => false,
      );
      await cut.end();
      const states = (await readGenerations(pool, groupName)).map(({ state }) => state);
      expect([...states].sort()).toEqual(['active', statesBeside(states)]);
      expect(await readOnce()).toMatchObject({ last: 2 });
    }
  });
});

describe('a program that derives otherwise than what is read', () => {
  it('builds beside it, goes on with that build, and retires it where nobody wants it any more', async () => {
    const store = storeOf(['EUR', 'USD']);
    const adopt = (digest: string) => adoptDerivation(pool, accounts, { digest, recipe: '{}' });
    expect(await adopt('')).toEqual({ outcome: 'kept' });
    await catchUp(store, pool, 3);
    expect(await adopt('new')).toEqual({ outcome: 'building', generation: 2, isResumed: false });
    await catchUp(store, pool, 2, { generation: 2, batchEventsMax: 1 });
    expect(await adopt('new')).toEqual({ outcome: 'building', generation: 2, isResumed: true });
    const standing = await readStanding(pool, groupName);
    expect(standing?.generation).toBe(1);
    expect(standing?.replacementSequence).toBeGreaterThanOrEqual(2);
    expect(await readOnce()).toMatchObject({ last: 2 });
    expect(await adopt('newest')).toEqual({
      outcome: 'building',
      generation: 3,
      isResumed: false,
    });
    expect(await adopt('')).toEqual({ outcome: 'kept' });
    expect((await readGenerations(pool, groupName)).map(({ state }) => state)).toEqual([
      'active',
      'retired',
      'retired',
    ]);
  });
});

/** Whatever stands beside the active one: it was built, or was read before. */
function statesBeside(states: readonly string[]): string {
  return states.find((state) => state !== 'active') ?? 'nothing';
}

/** A pool whose connections are ended by the server before their n-th statement. */
function cutOff(statement: number): { readonly pool: pg.Pool; end(): Promise<void> } {
  const cut = openPool({ connectionString: postgres.connectionString, max: 1 });
  const connect = cut.connect.bind(cut) as () => Promise<pg.PoolClient>;
  let count = 0;
  cut.connect = (async () => {
    const client = await connect();
    client.on('error', () => undefined);
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    const cutting = async (...given: unknown[]): Promise<unknown> => {
      count += 1;
      if (count === statement) {
        const { rows } = (await query('SELECT pg_backend_pid() AS pid')) as {
          rows: { pid: number }[];
        };
        await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      }
      return query(...given);
    };
    client.query = cutting as unknown as typeof client.query;
    return client;
  }) as typeof cut.connect;
  return { pool: cut, end: () => cut.end() };
}
