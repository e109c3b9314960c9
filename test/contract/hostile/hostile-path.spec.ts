import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEventStore } from '#event-store';
import type { Delivery, Recorder, RecordOutcome } from '#recording';
import { type HostileNode, startHostileNode } from '../../doubles/hostile-node.js';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { randomHistory } from '../../fixtures/history.js';
import { ledgerOpened } from '../../fixtures/projected-tables.js';
import { Random } from '../../fixtures/random.js';
import { deliveredFact } from './delivered-fact.js';
import { PathDatabase, type ProjectedLedger } from './whole-path.js';

const runs = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 40 : 3;
const firstSeed = Number(process.env['DAYBOOK_SEED'] ?? Date.now() % 1_000_000);
const orderCount = 6;
const batchEventsMax = 20;
const sendersAtOnce = 4;
const attemptsMax = 10;
const chances = { drop_before_write: 0.08, drop_after_write: 0.08, answer_twice: 0.15 };

/** What every delivery was acknowledged as, and whether the node did its worst meanwhile. */
interface HostileRun {
  readonly projected: ProjectedLedger;
  readonly acknowledged: ReadonlyMap<string, string>;
  readonly written: readonly { readonly eventId: string; readonly place: string }[];
  readonly counters: HostileNode['counters'];
}

describe(`the way from delivery to tables on a hostile node (${runs} seeds from ${firstSeed})`, () => {
  let database: PathDatabase;
  const faults = { before: 0, after: 0, twice: 0, aborted: 0 };

  beforeAll(async () => {
    database = await PathDatabase.start();
  });
  afterAll(async () => {
    await database.stop();
  });

  const seeds = Array.from({ length: runs }, (_unused, index) => firstSeed + index);
  it.each(seeds)('loses and doubles nothing, seed %i', async (seed) => {
    const calm = await calmRun(database, seed);
    const { projected, acknowledged, written, counters } = await hostileRun(database, seed);

    const others = written.filter(({ eventId }) => eventId !== ledgerOpened.eventId);
    expect(others.map(({ eventId }) => eventId).toSorted()).toEqual(
      [...acknowledged.keys()].toSorted(),
    );
    for (const { eventId, place } of others) expect(acknowledged.get(eventId)).toBe(place);
    expect(projected).toEqual({ ...calm, end: 'ended', verified: 'equal', repeated: 0 });
    faults.before += counters.droppedBeforeWrite;
    faults.after += counters.droppedAfterWrite;
    faults.twice += counters.answeredTwice;
    faults.aborted += counters.abortedSubscriptions;
  });

  it('met every fault at least once', () => {
    console.log(`faults met: ${JSON.stringify(faults)}`);
    expect(Math.min(...Object.values(faults))).toBeGreaterThan(0);
  });
});

/** The facts of a history, some of them delivered twice, in batches of any size. */
function batchesOf(seed: number): readonly (readonly Delivery[])[] {
  const random = new Random(seed);
  const deliveries = randomHistory(seed, orderCount).flatMap((fact, index) => {
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
  const node = await startHostileNode({ seed, plan: { chances, liveEventsMax: 32 } });
  const store = connectEventStore(node);
  const reader = connectEventStore({ ...node, access: 'read' });
  try {
    const path = await database.open({ store, reader }, batchEventsMax);
    const acknowledged = await sendAll(path.recorder, batchesOf(seed));
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
