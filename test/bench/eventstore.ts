import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import type { BenchRow } from './eventstore/bench-row.js';
import { caseRow, type Round } from './eventstore/case-row.js';
import { type BenchCase, benchCases } from './eventstore/cases.js';
import { measureDisk } from './eventstore/disk-floor.js';
import { latencyRows, reopeningRows, residentRow } from './eventstore/figure-rows.js';
import { type LiveLatency, measureLiveLatency } from './eventstore/live-latency.js';
import { NodeProcess } from './eventstore/node-process.js';
import { floorCorpus, writeCorpus } from './eventstore/read-cases.js';
import { measureReopening } from './eventstore/reopen-cases.js';
import { runCase, type Side } from './eventstore/side.js';

const latencyCase = 'live latency';
const reopenCase = 'reopen';
const latencyAppends = 1_000;
const diskGroups = 500;
/** Of the catch-up's events, so that one number scales the whole run. */
const reopenFactors = [10, 50];

export interface EventStoreBenchOptions {
  /** How many the catch-up reads: a multiple of 2,000, so that every case has whole appends. */
  readonly events: number;
  readonly runs: number;
  /** Runs only the cases whose name holds this text. */
  readonly only: string | undefined;
  /** Where the node leaves its CPU profile. */
  readonly profileDirectory: string | undefined;
  /** A server to run beside it. */
  readonly otherConnectionString: string | undefined;
  readonly progress: (line: string) => void;
}

interface Sides {
  readonly node: Side & { readonly process: NodeProcess };
  readonly floor: Side & { readonly process: NodeProcess };
  readonly other?: Side;
}

/**
 * The embedded store in a process of its own, against nodes that do less and, if there is one, another
 * server: all with EventStoreDB's client, which runs in this process, and in turn.
 */
export async function benchEventStore(
  options: EventStoreBenchOptions,
): Promise<readonly BenchRow[]> {
  const directory = await mkdtemp(join(tmpdir(), 'daybook-bench-'));
  const isAsked = (name: string): boolean => name.includes(options.only ?? '');
  const rows: BenchRow[] = [];
  try {
    const sides = await startSides(directory, options);
    const idle = await sides.node.process.usage();
    for (const benchCase of benchCases(options.events)) {
      if (isAsked(benchCase.name))
        rows.push(await measureCase(benchCase, sides, directory, options));
    }
    if (isAsked(latencyCase)) rows.push(...(await measureLatency(sides, options)));
    const after = await sides.node.process.usage();
    await sides.node.process.stop();
    await sides.floor.process.stop();
    rows.push(residentRow('memory, idle', idle, 150), residentRow('memory, after', after, 480));
    for (const factor of reopenFactors) {
      const events = options.events * factor;
      const name = `${reopenCase} ${events.toLocaleString('en-US')}`;
      if (!isAsked(name)) continue;
      options.progress(name);
      rows.push(...reopeningRows(name, await measureReopening(directory, events, options.runs)));
    }
    return rows;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function startSides(directory: string, options: EventStoreBenchOptions): Promise<Sides> {
  const { events, otherConnectionString, profileDirectory, progress } = options;
  progress('starting the nodes and writing what is read');
  const store = { directory: join(directory, 'store') };
  const node = await NodeProcess.start('embedded-node', store, profileDirectory);
  const floor = await NodeProcess.start('floor-node', { framesCount: events });
  const filled = async (connectionString: string): Promise<Side> => {
    const client = EventStoreDBClient.connectionString`${connectionString}`;
    const corpus = await writeCorpus(client, `bench-${randomUUID()}`, events);
    await client.dispose();
    return { connectionString, corpus };
  };
  return {
    node: { ...(await filled(node.connectionString)), process: node },
    floor: {
      connectionString: floor.connectionString,
      corpus: floorCorpus(events),
      process: floor,
    },
    ...(otherConnectionString === undefined ? {} : { other: await filled(otherConnectionString) }),
  };
}

async function measureCase(
  benchCase: BenchCase,
  { node, floor, other }: Sides,
  directory: string,
  { runs, progress }: EventStoreBenchOptions,
): Promise<BenchRow> {
  const rounds: Round[] = [];
  const run = (side: Side) => {
    const prefix = `bench-${randomUUID()}`;
    return runCase(benchCase, side, (name) => `${prefix}-${name}`);
  };
  progress(`${benchCase.name}, warming up`);
  for (const side of [floor, node, other]) if (side) await run(side);
  for (let round = 1; round <= runs; round += 1) {
    progress(`${benchCase.name}, round ${round} of ${runs}`);
    const { groups } = benchCase;
    rounds.push({
      floor: await run(floor),
      diskSeconds: groups === undefined ? 0 : measureDisk(directory, groups.bytes, diskGroups),
      node: await run(node),
      other: other && (await run(other)),
    });
  }
  return caseRow(benchCase, rounds);
}

async function measureLatency(
  { node, other }: Sides,
  { runs, progress }: EventStoreBenchOptions,
): Promise<readonly BenchRow[]> {
  const ours: LiveLatency[] = [];
  const others: LiveLatency[] = [];
  for (let round = 1; round <= runs; round += 1) {
    progress(`${latencyCase}, round ${round} of ${runs}`);
    const prefix = `bench-${randomUUID()}`;
    ours.push(await measureLiveLatency(node.connectionString, prefix, latencyAppends));
    if (other === undefined) continue;
    others.push(await measureLiveLatency(other.connectionString, prefix, latencyAppends));
  }
  return latencyRows(latencyCase, ours, others);
}
