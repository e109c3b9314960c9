import type { EventData, EventStoreDBClient, Position, ResolvedEvent } from '@eventstore/db-client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiskCrashedError, SimulatedDisk } from '../../doubles/simulated-disk.js';
import { collect, errorType, events, openStore, type OpenStore } from './open-store.js';

const isDeep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';

/** How many appends of how many events to which stream, between two power cuts. */
interface Round {
  readonly appends: readonly { readonly stream: number; readonly events: number }[];
  /** The operation of the disk, counted from the start of the node, at which power is cut. */
  readonly crashAtOperation: number;
}

interface SentAppend {
  readonly stream: string;
  readonly ids: readonly string[];
  /** The position of the last event, where the append was acknowledged. */
  acknowledged?: Position;
}

const round: fc.Arbitrary<Round> = fc.record({
  appends: fc.array(
    fc.record({ stream: fc.integer({ min: 0, max: 3 }), events: fc.integer({ min: 1, max: 4 }) }),
    { minLength: 1, maxLength: 24 },
  ),
  crashAtOperation: fc.integer({ min: 1, max: 30 }),
});

/** One life of the ledger, over several power cuts. */
class Life {
  readonly #disk: SimulatedDisk;
  readonly #sent: SentAppend[] = [];
  /** Everything a reader or a subscriber was ever shown, in the store's order. */
  #shown: string[] = [];

  constructor(seed: number) {
    this.#disk = new SimulatedDisk(seed);
  }

  async live({ appends, crashAtOperation }: Round): Promise<void> {
    this.#disk.crashAtOperation(crashAtOperation);
    const opened = await this.#open();
    if (opened !== undefined) {
      const shown = watch(opened.client);
      const streams = [0, 1, 2, 3].map((stream) => appends.filter((one) => one.stream === stream));
      await Promise.all(
        streams.map((queue, stream) => this.#appendEach(opened.client, `s-${stream}`, queue)),
      );
      await shown.settle();
      this.#disk.crash();
      this.#remember(shown.ids);
      await opened.close().catch(ignoreCrash);
    }
    await this.#verify();
  }

  /** The power may fail while the log is opened. */
  async #open(): Promise<OpenStore | undefined> {
    try {
      return await openStore(this.#disk);
    } catch (error) {
      ignoreCrash(error);
      return undefined;
    }
  }

  /** One append at a time to a stream, at its exact revision, until one is not answered. */
  async #appendEach(
    client: EventStoreDBClient,
    stream: string,
    queue: Round['appends'],
  ): Promise<void> {
    let revision = await lastRevision(client, stream);
    for (const { events: count } of queue) {
      const appended = events(count);
      const sent: SentAppend = { stream, ids: appended.map(({ id }: EventData) => id) };
      this.#sent.push(sent);
      try {
        const expectedRevision = revision ?? 'no_stream';
        const result = await client.appendToStream(stream, appended, { expectedRevision });
        sent.acknowledged = result.position!;
        revision = result.nextExpectedRevision;
      } catch (error) {
        expect(errorType(error)).toBe('unavailable');
        return;
      }
    }
  }

  /** Starts the node on what the disk kept, with the power on, and compares it with what was promised. */
  async #verify(): Promise<void> {
    const opened = await openStore(this.#disk);
    try {
      const all = await collect(opened.client.readAll());
      const ids = all.map(({ event }) => event!.id);
      expect(new Set(ids).size).toBe(ids.length);
      this.#remember(ids);
      expect(ids.length, 'an event that was shown is gone').toBe(this.#shown.length);
      this.#expectRevisions(all);
      for (const sent of this.#sent) this.#expectWhole(sent, all, ids);
      const known = new Set(this.#sent.flatMap((sent) => sent.ids));
      expect(ids.every((id) => known.has(id))).toBe(true);
    } finally {
      await opened.close();
    }
  }

  /** What was shown once is shown for ever, in the same order; a subscriber may not have got so far. */
  #remember(ids: readonly string[]): void {
    const length = Math.min(ids.length, this.#shown.length);
    expect(ids.slice(0, length)).toEqual(this.#shown.slice(0, length));
    if (ids.length > this.#shown.length) this.#shown = [...ids];
  }

  #expectRevisions(all: readonly ResolvedEvent[]): void {
    const next = new Map<string, bigint>();
    for (const { event } of all) {
      const revision = next.get(event!.streamId) ?? 0n;
      expect(event!.revision).toBe(revision);
      next.set(event!.streamId, revision + 1n);
    }
  }

  /** All of an append is there, next to each other and in order, or nothing of it. */
  #expectWhole(sent: SentAppend, all: readonly ResolvedEvent[], ids: readonly string[]): void {
    const first = ids.indexOf(sent.ids[0]!);
    if (first === -1) {
      expect(sent.acknowledged, 'an acknowledged append is gone').toBeUndefined();
      expect(sent.ids.some((id) => ids.includes(id))).toBe(false);
      return;
    }
    expect(ids.slice(first, first + sent.ids.length)).toEqual(sent.ids);
    const last = all[first + sent.ids.length - 1]!.event!;
    if (sent.acknowledged !== undefined) expect(last.position).toEqual(sent.acknowledged);
  }
}

/** Follows `$all` from the start until the connection ends. */
function watch(client: EventStoreDBClient): { ids: string[]; settle(): Promise<void> } {
  const ids: string[] = [];
  const subscription = client.subscribeToAll();
  subscription.on('data', ({ event }) => ids.push(event!.id));
  subscription.on('error', () => {});
  return { ids, settle: () => subscription.unsubscribe() };
}

async function lastRevision(
  client: EventStoreDBClient,
  stream: string,
): Promise<bigint | undefined> {
  try {
    return (await collect(client.readStream(stream))).at(-1)?.event?.revision;
  } catch (error) {
    expect(errorType(error)).toBe('stream-not-found');
    return undefined;
  }
}

function ignoreCrash(error: unknown): void {
  if (!(error instanceof DiskCrashedError)) throw error;
}

describe('a power cut at any moment', () => {
  it('keeps every acknowledged append once and whole, and what was shown stays', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.array(round, { minLength: 1, maxLength: 4 }),
        async (seed, rounds) => {
          const life = new Life(seed);
          for (const one of rounds) await life.live(one);
        },
      ),
      { numRuns: isDeep ? 2_000 : 25 },
    );
  });
});
