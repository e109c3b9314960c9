import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { connectEventStore } from '#event-store';
import { createTables, dropTables } from '#projection-engine';
import { daybookGroup } from '#projections';
import { startDurablePostgres } from '../doubles/durable-postgres.js';
import { corpusEvents, writeCorpus } from './corpus.js';
import { startTemporaryEventStore } from './stores.js';

const definition = daybookGroup({ accounts: {}, legalEntities: {}, authority: [] });
const bytesPerMegabyte = 1_048_576;
const smallShare = 10;
const program = new URL('./memory-projector.js', import.meta.url).pathname;

/** What a projector's process says of itself when it has built the read models. */
export interface ProjectorMemory {
  readonly events: number;
  /** The most memory it ever had, with all its threads. */
  readonly peakBytes: number;
  /** Of the thread that folds, when it ended. */
  readonly heapBytes: number;
  readonly seconds: number;
}

/**
 * How much memory a projector needs, in a process of its own, for a tenth of the events and for all of
 * them: what grows with the ledger shows in the ratio.
 */
export async function benchMemory(
  events: number,
  progress: (line: string) => void,
): Promise<{ readonly lines: readonly string[]; readonly results: readonly ProjectorMemory[] }> {
  const node = await startTemporaryEventStore();
  const postgres = await startDurablePostgres();
  try {
    progress(`memory: writing ${events} events`);
    const store = connectEventStore({ connectionString: node.connectionString });
    await writeCorpus(store, corpusEvents(events));
    await store.close();
    const results: ProjectorMemory[] = [];
    for (const size of [Math.ceil(events / smallShare), events]) {
      await emptyTables(postgres.connectionString);
      progress(`memory: building from ${size} events`);
      const addresses = [node.connectionString, postgres.connectionString];
      results.push(await projectorMemory([...addresses, String(size)], progress));
    }
    return { lines: linesOf(results), results };
  } finally {
    await postgres.stop();
    await node.stop();
  }
}

async function emptyTables(connectionString: string): Promise<void> {
  const pool = new pg.Pool({ connectionString });
  await dropTables(pool, definition);
  await createTables(pool, definition);
  await pool.end();
}

async function projectorMemory(
  words: readonly string[],
  progress: (line: string) => void,
): Promise<ProjectorMemory> {
  const child = spawn(process.execPath, [...process.execArgv, program, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last: ProjectorMemory | undefined;
  for await (const line of createInterface(child.stdout)) {
    const memory = JSON.parse(line) as ProjectorMemory;
    last = memory;
    progress(lineOf(memory));
  }
  if (last?.events !== Number(words.at(-1)))
    throw new Error('The projector ended before its time.');
  return last;
}

function lineOf({ events, peakBytes, heapBytes, seconds }: ProjectorMemory): string {
  return `${events} events: ${megabytes(peakBytes)} MB at most, heap ${megabytes(heapBytes)} MB, after ${Math.round(seconds)} s`;
}

function linesOf(results: readonly ProjectorMemory[]): readonly string[] {
  const [small, large] = results;
  const ratio = (large?.peakBytes ?? 0) / (small?.peakBytes ?? 1);
  return [...results.map(lineOf), `ratio ${ratio.toFixed(2)}`];
}

function megabytes(bytes: number): number {
  return Math.round(bytes / bytesPerMegabyte);
}
