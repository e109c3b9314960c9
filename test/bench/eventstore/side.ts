import { EventStoreDBClient } from '@eventstore/db-client';
import type { StreamNames } from './append-cases.js';
import type { BenchCase } from './cases.js';
import type { NodeProcess } from './node-process.js';
import type { Corpus } from './read-cases.js';

/** One of the nodes that are measured side by side, and what the client reads there. */
export interface Side {
  readonly connectionString: string;
  readonly corpus: Corpus;
  /** Absent where the server is not ours to ask. */
  readonly process?: NodeProcess;
}

export interface SideRun {
  readonly seconds: number;
  readonly nodeCpuSeconds: number | undefined;
}

/** Runs a case once with a client of its own. */
export async function runCase(
  benchCase: BenchCase,
  side: Side,
  names: StreamNames,
): Promise<SideRun> {
  const client = EventStoreDBClient.connectionString`${side.connectionString}`;
  // The first call asks what the server supports, which is no part of a case.
  await client.appendToStream(names('begin'), []);
  const before = await side.process?.usage();
  const from = process.hrtime.bigint();
  await benchCase.run(client, names, side.corpus);
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  const after = await side.process?.usage();
  await client.dispose();
  const nodeCpuSeconds = before && after && (after.cpuMicroseconds - before.cpuMicroseconds) / 1e6;
  return { seconds, nodeCpuSeconds };
}
