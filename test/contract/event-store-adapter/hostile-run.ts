import {
  connectEventStore,
  type AppendRequest,
  type EventStore,
  type EventStoreReader,
  type ExpectedRevision,
} from '#event-store';

import { HostileNode } from '../../doubles/hostile-node.js';
import type { HostileCounters, HostilePlanOptions } from '../../doubles/hostile-node-plan.js';
import { Random } from '../../fixtures/random.js';
import { eventsToAppend } from './store-on-disk.js';

const writerCount = 16;
const streamPrefix = 'daybook.';
const lastStream = `${streamPrefix}last`;

/** Times in milliseconds, so that a run meets what takes a ledger seconds. */
const impatience = {
  appendAttemptMilliseconds: 200,
  appendDeadlineMilliseconds: 1_200,
  readSilenceMilliseconds: 500,
  keepAliveMilliseconds: 400,
};

/** What a run of writers and readers against a hostile node came to. */
export interface HostileRun {
  /** The id of every event in the order of the store, as the node behind has it. */
  readonly stored: readonly string[];
  /** `stream@revision id` of every event of the store, and of every event that was acknowledged. */
  readonly storedPlaces: readonly string[];
  readonly acknowledgedPlaces: readonly string[];
  /** What each reader was given, in its order. */
  readonly read: readonly (readonly string[])[];
  readonly counters: Readonly<HostileCounters>;
  /** Appends whose fate nobody knew at first. */
  readonly unknown: number;
}

/** Some of what clusters do, more of it with some seeds than with others. */
export function planOf(seed: number): HostilePlanOptions {
  const random = new Random(seed);
  const chance = (percentMax: number): number => (random.next() * percentMax) / 100;
  return {
    chances: {
      drop_before_write: chance(6),
      drop_after_write: chance(6),
      lose_before_write: chance(3),
      lose_after_write: chance(3),
      mute_after_write: chance(3),
      end_after_write: chance(4),
      time_out_after_write: chance(5),
      time_out_then_answer: chance(5),
      answer_twice: chance(8),
      answer_to_nobody: chance(8),
      omit_position: chance(8),
      not_leader: chance(4),
      freeze: chance(2),
      restart: chance(1.5),
      abort_live: chance(10),
      cut: chance(2),
    },
    brokenReads: chance(30),
    liveEventsMax: random.chance(0.5) ? 32 : 'never',
    isSilentAboutCatchUp: random.chance(0.25),
    freezeMillisecondsMax: 150,
  };
}

/**
 * Sixteen writers append at exact revisions, each to a stream of its own and to one it shares with
 * others, while two readers follow `$all` on connections of their own.
 */
export async function hostileRun(seed: number, plan = planOf(seed)): Promise<HostileRun> {
  const node = await HostileNode.start({ seed, plan });
  const { connectionString } = node;
  const store = connectEventStore({ connectionString, ...impatience });
  const readers = [0, 1].map(() =>
    connectEventStore({ connectionString, ...impatience, access: 'read' }),
  );
  try {
    const writers = new Writers(store, new Random(seed));
    const reading = readers.map((reader) => readToTheLast(reader));
    await writers.write();
    const read = await Promise.all(reading);
    await node.calm();
    const events = await everyEvent(node.calmConnectionString);
    return {
      stored: events.map(({ eventId }) => eventId),
      storedPlaces: events.map(({ place }) => place).toSorted(),
      acknowledgedPlaces: writers.acknowledged.toSorted(),
      read,
      counters: node.counters,
      unknown: writers.unknown,
    };
  } finally {
    await store.close();
    for (const reader of readers) await reader.close();
    await node.stop();
  }
}

class Writers {
  readonly acknowledged: string[] = [];
  unknown = 0;
  readonly #store: EventStore;
  readonly #random: Random;

  constructor(store: EventStore, random: Random) {
    this.#store = store;
    this.#random = random;
  }

  /** Ends with one event behind all others. */
  async write(): Promise<void> {
    const appendsEach = this.#random.between(1, 2);
    const sharedStreams = this.#random.between(2, 5);
    await Promise.all(
      Array.from({ length: writerCount }, async (_, index) => {
        const own = `${streamPrefix}own-${index}`;
        const shared = `${streamPrefix}shared-${index % sharedStreams}`;
        for (let count = 0; count < appendsEach; count += 1) {
          await this.#append(this.#random.chance(0.5) ? own : shared);
        }
      }),
    );
    await this.#append(lastStream, 1);
  }

  /** Appends at the end of a stream, from what each conflict says about it. */
  async #append(stream: string, count = this.#random.between(1, 3)): Promise<void> {
    const events = eventsToAppend(count);
    let expectedRevision: ExpectedRevision = 'no_stream';
    for (;;) {
      const outcome = await this.#appendUntilKnown({ stream, expectedRevision, events });
      if (outcome.outcome === 'conflict') {
        expectedRevision = outcome.actual;
        continue;
      }
      if (outcome.outcome !== 'appended') throw new Error(JSON.stringify(outcome));
      const first = outcome.revision - events.length + 1;
      events.forEach(({ eventId }, index) => {
        this.acknowledged.push(placeOf({ stream, revision: first + index, eventId }));
      });
      return;
    }
  }

  async #appendUntilKnown(request: AppendRequest): ReturnType<EventStore['append']> {
    for (;;) {
      const outcome = await this.#store.append(request);
      if (outcome.outcome !== 'unknown') return outcome;
      this.unknown += 1;
    }
  }
}

/** Follows `$all` until the last event has come, and a little further where more came with it. */
async function readToTheLast(reader: EventStoreReader): Promise<readonly string[]> {
  const eventIds: string[] = [];
  const abort = new AbortController();
  const request = { streamPrefix, after: 'start', signal: abort.signal } as const;
  for await (const items of reader.subscribeInBatches(request, { itemsMax: 50 })) {
    for (const item of items) {
      if (item.kind !== 'event') continue;
      eventIds.push(item.event.eventId);
      if (item.event.stream === lastStream) abort.abort();
    }
  }
  return eventIds;
}

async function everyEvent(
  connectionString: string,
): Promise<readonly { readonly eventId: string; readonly place: string }[]> {
  const calm = connectEventStore({ connectionString, access: 'read' });
  try {
    const events: { eventId: string; place: string }[] = [];
    for await (const event of calm.readAll({ streamPrefix, after: 'start' })) {
      events.push({ eventId: event.eventId, place: placeOf(event) });
    }
    return events;
  } finally {
    await calm.close();
  }
}

function placeOf(event: {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
}): string {
  return `${event.stream}@${event.revision} ${event.eventId}`;
}
