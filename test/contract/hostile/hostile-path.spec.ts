import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEventStore } from '#event-store';
import type { Delivery, Recorder, RecordOutcome } from '#recording';
import { HostileNode } from '../../doubles/hostile-node.js';
import type { HostilePlanOptions } from '../../doubles/hostile-node-plan.js';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { watchForStrayErrors } from '../../doubles/stray-errors.js';
import { randomHistory } from '../../fixtures/history.js';
import { ledgerOpened } from '../../fixtures/projected-tables.js';
import { Random } from '../../fixtures/random.js';
import { deliveredFact } from './delivered-fact.js';
import { PathDatabase, type ProjectedLedger } from './whole-path.js';

const runs = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 40 : 3;
const firstSeed = Number(process.env['DAYBOOK_TEST_SEED'] ?? Date.now() % 1_000_000);
const orderCount = 6;
const batchEventsMax = 20;
const sendersAtOnce = 4;
const attemptsMax = 10;
/** Times in milliseconds, so that a run meets what takes a ledger seconds. */
const impatience = {
  appendAttemptMilliseconds: 150,
  appendDeadlineMilliseconds: 2_000,
  keepAliveMilliseconds: 250,
};
const plan: HostilePlanOptions = {
  chances: {
    drop_before_write: 0.03,
    drop_after_write: 0.03,
    lose_before_write: 0.01,
    lose_after_write: 0.01,
    end_after_write: 0.01,
    time_out_then_answer: 0.02,
    answer_twice: 0.1,
    omit_position: 0.03,
    not_leader: 0.01,
    freeze: 0.005,
    restart: 0.01,
    abort_live: 0.05,
    cut: 0.01,
  },
  liveEventsMax: 32,
};

/** What every delivery was acknowledged as, and whether the node did its worst meanwhile. */
interface HostileRun {
  readonly projected: ProjectedLedger;
  readonly acknowledged: ReadonlyMap<string, string>;
  readonly written: readonly { readonly eventId: string; readonly place: string }[];
  readonly counters: HostileNode['counters'];
}

describe(`the way from delivery to tables on a hostile node (${runs} seeds from ${firstSeed})`, () => {
  let database: PathDatabase;
  const met: Record<string, number> = {};

  beforeAll(async () => {
    database = await PathDatabase.start();
  });
  afterAll(async () => {
    await database.stop();
  });

  const seeds = Array.from({ length: runs }, (_unused, index) => firstSeed + index);
  it.each(seeds)('loses and doubles nothing, seed %i', async (seed) => {
    const strayErrors = watchForStrayErrors();
    const calm = await calmRun(database, seed);
    const { projected, acknowledged, written, counters } = await hostileRun(database, seed);

    const others = written.filter(({ eventId }) => eventId !== ledgerOpened.eventId);
    expect(others.map(({ eventId }) => eventId).toSorted()).toEqual(
      [...acknowledged.keys()].toSorted(),
    );
    for (const { eventId, place } of others) expect(acknowledged.get(eventId)).toBe(place);
    expect(projected).toEqual({ ...calm, end: 'ended', verified: 'equal', repeated: 0 });
    expect(strayErrors()).toEqual([]);
    const all = { ...counters.met, abortedSubscriptions: counters.abortedSubscriptions };
    for (const [name, count] of Object.entries(all)) met[name] = (met[name] ?? 0) + count;
  });

  it('met what clusters do', () => {
    console.log(`met: ${JSON.stringify(met)}`);
    for (const name of ['drop_before_write', 'drop_after_write', 'abortedSubscriptions']) {
      expect(met[name]).toBeGreaterThan(0);
    }
  });
});

/** The facts of a history, some of them delivered twice, in batches of any size. */
function batchesOf(seed: number): readonly (readonly Delivery[])[] {
  const random = new Random(seed);
  const told = randomHistory(seed, orderCount).filter(({ kind }) => kind === 'fact');
  const deliveries = told.flatMap((fact, index) => {
    const first = deliveredFact(fact, `delivery-${index}`);
    if (random.chance(0.9)) return [first];
    return [first, random.chance(0.5) ? first : deliveredFact(fact, `delivery-${index}-again`)];
  });
  const rest = random.shuffled(deliveries);
  const batches: Delivery[][] = [];
  while (rest.length > 0) batches.push(rest.splice(0, random.between(1, 12)));
  return batches;
}

async function calmRun(database: PathDatabase, seed: number): Promise<ProjectedLedger> {
  const store = new InMemoryEventStore();
  const path = await database.open({ store, reader: store }, batchEventsMax);
  for (const batch of batchesOf(seed)) await path.recorder.recordFacts(batch);
  return path.project((await path.written()).length);
}

async function hostileRun(database: PathDatabase, seed: number): Promise<HostileRun> {
  const node = await HostileNode.start({ seed, plan });
  const { connectionString } = node;
  const store = connectEventStore({ connectionString, ...impatience });
  const reader = connectEventStore({ connectionString, ...impatience, access: 'read' });
  try {
    const path = await database.open({ store, reader }, batchEventsMax);
    const acknowledged = await sendAll(path.recorder, batchesOf(seed));
    await node.calm();
    const written = await path.written();
    const projected = await path.project(written.length);
    return { projected, acknowledged, written, counters: node.counters };
  } finally {
    await store.close();
    await reader.close();
    await node.stop();
  }
}

/** Sends batches as several clients do at once, and answers the place of every acknowledged event. */
async function sendAll(
  recorder: Recorder,
  batches: readonly (readonly Delivery[])[],
): Promise<ReadonlyMap<string, string>> {
  const acknowledged = new Map<string, string>();
  const waiting = batches.values();
  await Promise.all(
    Array.from({ length: sendersAtOnce }, async () => {
      for (const batch of waiting) {
        for (const answer of await sendUntilAnswered(recorder, batch)) {
          if (answer.outcome !== 'recorded' && answer.outcome !== 'repeated') {
            throw new Error(JSON.stringify(answer));
          }
          const place = `${answer.leaf} ${answer.revision}`;
          const before = acknowledged.get(answer.eventId) ?? place;
          if (before !== place) throw new Error(`${answer.eventId} is at ${before} and ${place}.`);
          acknowledged.set(answer.eventId, place);
        }
      }
    }),
  );
  return acknowledged;
}

/** Sends a batch again while it is not known what became of it, as a client has to. */
async function sendUntilAnswered(
  recorder: Recorder,
  batch: readonly Delivery[],
): Promise<readonly RecordOutcome[]> {
  for (let attempt = 1; ; attempt += 1) {
    const answers = await recorder.recordFacts(batch);
    if (attempt === attemptsMax) return answers;
    if (answers.every(({ outcome }) => outcome !== 'unavailable')) return answers;
  }
}
