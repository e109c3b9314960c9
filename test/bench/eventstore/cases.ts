import type { EventStoreDBClient } from '@eventstore/db-client';
import {
  type AppendLoad,
  appendToOneStream,
  appendToShortStreams,
  type StreamNames,
} from './append-cases.js';
import { catchUpOnAll, type Corpus, readOneStream } from './read-cases.js';

/** What a case is held against, beside the floor it was run with. */
export interface Target {
  /** The least share of the floor. */
  readonly ratioMin?: number;
  /**
   * Events a second of EventStoreDB 23.10 on two cores, as a single durable node with this client,
   * in its best run; and the share of it that is asked for.
   */
  readonly serverRate?: number;
  readonly serverShareMin?: number;
}

/** One thing a client does, the same against every node. */
export interface BenchCase {
  readonly name: string;
  readonly events: number;
  /** What the floor's node lacks: one append after the other, each waits for the disk by itself. */
  readonly groups?: { readonly count: number; readonly bytes: number };
  readonly target: Target;
  run(client: EventStoreDBClient, names: StreamNames, corpus: Corpus): Promise<void>;
}

/** Where the node is the limit, it must be ahead of the server; where the client is, about equal. */
const ahead = 1;
const aboutEqual = 0.95;

/** An event as the log keeps it: its data and about half as much again around it. */
const storedEventBytes = 600;

/** @param events - a multiple of 2,000: how many the catch-up reads; the other cases take a share of it */
export function benchCases(events: number): readonly BenchCase[] {
  const few = events / 50;
  const many = events / 5;
  return [
    append(
      'append, sequential',
      { appends: few, eventsEach: 1, inFlight: 1 },
      { ratioMin: 0.8, serverRate: 1_400, serverShareMin: ahead },
    ),
    append(
      'append, 32 in flight',
      { appends: many, eventsEach: 1, inFlight: 32 },
      { ratioMin: 0.6, serverRate: 5_800, serverShareMin: ahead },
    ),
    append(
      'append, 256 in flight',
      { appends: many, eventsEach: 1, inFlight: 256 },
      { serverRate: 10_800, serverShareMin: aboutEqual },
    ),
    append(
      'append of 100, 8 in flight',
      { appends: few / 2, eventsEach: 100, inFlight: 8 },
      { serverRate: 36_000, serverShareMin: aboutEqual },
    ),
    hot(1, few, { ratioMin: 0.8, serverRate: 800, serverShareMin: ahead }),
    hot(16, few / 2, { serverRate: 13_000, serverShareMin: ahead }),
    hot(256, few / 20, { serverRate: 48_000, serverShareMin: aboutEqual }),
    {
      name: 'read of one stream',
      events: events / 2,
      target: { serverRate: 56_000, serverShareMin: aboutEqual },
      run: (client, _names, corpus) => readOneStream(client, corpus),
    },
    {
      name: '$all, catching up',
      events,
      target: { ratioMin: 0.85, serverRate: 75_000, serverShareMin: aboutEqual },
      run: (client, _names, corpus) => catchUpOnAll(client, corpus, false),
    },
    {
      name: '$all by prefix, catching up',
      events,
      target: { ratioMin: 0.85, serverRate: 75_000, serverShareMin: aboutEqual },
      run: (client, _names, corpus) => catchUpOnAll(client, corpus, true),
    },
  ];
}

function append(name: string, load: AppendLoad, target: Target): BenchCase {
  return {
    name,
    events: load.appends * load.eventsEach,
    ...(load.inFlight === 1 ? { groups: groupsOf(load) } : {}),
    target,
    run: (client, names) => appendToShortStreams(client, load, names),
  };
}

function hot(eventsEach: number, appends: number, target: Target): BenchCase {
  const load = { appends, eventsEach, inFlight: 1 };
  return {
    name: `one stream, appends of ${eventsEach}`,
    events: appends * eventsEach,
    groups: groupsOf(load),
    target,
    run: (client, names) => appendToOneStream(client, load, names),
  };
}

function groupsOf({ appends, eventsEach }: AppendLoad) {
  return { count: appends, bytes: eventsEach * storedEventBytes };
}
