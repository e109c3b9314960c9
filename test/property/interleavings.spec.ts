import fc from 'fast-check';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EventStoreUnavailableError } from '#event-store';
import { equalTablesDump, verify } from '#projection-engine';
import {
  accounts,
  type AccountsEvent,
  opening,
  reading,
  write,
} from '../contract/projection-engine/accounts-domain.js';
import { histories } from '../contract/projection-engine/histories.js';
import { catchUp, emptyTables, endRuns, Running } from '../contract/projection-engine/running.js';
import { faultyPool } from '../doubles/faulty-pool.js';
import { InMemoryEventStore } from '../doubles/in-memory-event-store.js';
import { openPool } from '../doubles/open-pool.js';
import { startTemporaryPostgres, type TemporaryPostgres } from '../doubles/temporary-postgres.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const seed = Number(process.env['DAYBOOK_TEST_SEED'] ?? Date.now() % 1_000_000);
const cases = deep ? 400 : 5;
/** Nothing but what a case does ends a lease. */
const lease = { leaseMilliseconds: 60_000, renewMilliseconds: 60_000, pollMilliseconds: 5 };
const runsMax = 3;
const offerLooks = 20;

let postgres: TemporaryPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString, max: 20 });
});
afterEach(endRuns);
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

const interleavings = fc.record({
  events: histories(30),
  /** Events that are written to their streams a second time, under their own ids. */
  repeats: fc.uniqueArray(fc.nat({ max: 29 }), { maxLength: 4 }),
  /** How many there are when the runs begin; each further one comes with a commit. */
  atFirst: fc.nat({ max: 30 }),
  batchEventsMax: fc.array(fc.integer({ min: 1, max: 12 }), {
    minLength: 2,
    maxLength: runsMax,
  }),
  /** Which statements of all runs, counted together, are lost with their connection. */
  lost: fc.dictionary(
    fc.integer({ min: 10, max: 120 }).map(String),
    fc.constantFrom('lost_before', 'lost_after'),
    { maxKeys: 4 },
  ),
  /** Before which of them the lease ends, and another run has time to take it. */
  takenOver: fc.uniqueArray(fc.integer({ min: 10, max: 120 }), { minLength: 2, maxLength: 6 }),
  /** After which event of a subscription it is ended, each once. */
  endedAfter: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
});

/** What all cases together met, so that a property that meets nothing shows. */
const met = { lost_before: 0, lost_after: 0, offered: 0, refused: 0, epochs: 0 };

type Interleaving = typeof interleavings extends fc.Arbitrary<infer Given> ? Given : never;

function allOf({ events, repeats }: Interleaving): readonly AccountsEvent[] {
  const again = repeats.flatMap((index) => events[index] ?? []);
  return [opening, ...events, ...again];
}

/** A store whose subscriptions are ended after so many events that they gave together. */
function brokenStore(endedAfter: readonly number[]): InMemoryEventStore {
  const store = new InMemoryEventStore();
  const left = new Set(endedAfter);
  let given = 0;
  return Object.assign(Object.create(store) as InMemoryEventStore, {
    async *subscribeInBatches(...request: Parameters<InMemoryEventStore['subscribeInBatches']>) {
      for await (const items of store.subscribeInBatches(...request)) {
        for (const item of items) {
          yield [item];
          given += 1;
          if (left.delete(given))
            throw new EventStoreUnavailableError('the subscription was ended');
        }
      }
    },
  });
}

/**
 * Ends the lease, and waits a little for another run to take it; the one that asks may be the only
 * one. Where the statement that waits for this is part of a batch, the lease is its own to write.
 */
async function offerLease(): Promise<void> {
  const { rowCount } = await pool.query(
    `UPDATE projection_engine.lease SET epoch = 0, holder = 'nobody', expires_at = '-infinity'
     WHERE ctid IN (SELECT ctid FROM projection_engine.lease FOR UPDATE SKIP LOCKED)`,
  );
  if (rowCount === 0) return;
  met.offered += 1;
  for (let look = 0; look < offerLooks; look += 1) {
    const { rows } = await pool.query<{ epoch: string }>(
      'SELECT epoch FROM projection_engine.lease',
    );
    if (rows[0]?.epoch !== '0') return;
    await setTimeout(lease.pollMilliseconds);
  }
}

/** Runs that share the group while statements are lost and leases end, to the last event. */
async function runAll(given: Interleaving): Promise<InMemoryEventStore> {
  const all = allOf(given);
  const store = brokenStore(given.endedAfter);
  const waiting = all.slice(given.atFirst + 1).values();
  for (const event of all.slice(0, given.atFirst + 1)) write(store, event);
  let statements = 0;
  const nextFault = async () => {
    statements += 1;
    if (given.takenOver.includes(statements)) await offerLease();
    const fault = given.lost[String(statements)];
    if (fault !== undefined) met[fault] += 1;
    return fault;
  };
  const runs = given.batchEventsMax.map(
    (batchEventsMax) => new Running(store, faultyPool(pool, nextFault), { batchEventsMax, lease }),
  );
  for (const run of runs) {
    run.onReport(() => {
      const next = waiting.next();
      if (!next.done) write(store, next.value);
    });
  }
  await Promise.race(runs.map((run) => run.until(({ sequence }) => sequence >= all.length)));
  for (const { state } of runs.flatMap(({ reports }) => reports)) {
    if (state.state === 'retrying' && /not held under epoch/.test(state.message)) met.refused += 1;
  }
  met.epochs += Math.max(...runs.map(({ progress }) => progress?.epoch ?? 0));
  for (const run of runs) expect(await run.stop()).toEqual({ outcome: 'ended' });
  return store;
}

describe(`whatever runs, crashes, takes over and comes again (seed ${seed})`, () => {
  it('leaves the tables that one run alone makes of the same events, one at a time', async () => {
    await fc.assert(
      fc.asyncProperty(interleavings, async (given) => {
        const count = allOf(given).length;
        await emptyTables(pool);
        const store = await runAll(given);
        const together = await equalTablesDump(pool, accounts);
        const verified = await verify({ store, pool, definition: accounts, ...reading });
        expect(verified).toMatchObject({ outcome: 'equal', applied: { events: count } });
        await emptyTables(pool);
        const calm = new InMemoryEventStore();
        for (const event of allOf(given)) write(calm, event);
        await catchUp(calm, pool, count, { batchEventsMax: 1 });
        expect(together).toBe(await equalTablesDump(pool, accounts));
      }),
      { seed, numRuns: cases, endOnFailure: true, unbiased: true },
    );
    console.log(
      `${cases} cases: connections lost before ${met.lost_before} statements and after ` +
        `${met.lost_after}, ${met.offered} leases ended, the group taken ${met.epochs} times, ` +
        `${met.refused} batches refused`,
    );
    expect(met.epochs).toBeGreaterThan(2 * cases);
  });
});
