import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { connectEventStore } from '#event-store';
import {
  createTables,
  dropTables,
  readCheckpoint,
  runProjectionGroup,
  ThreadFeed,
} from '#projection-engine';
import { daybookGroup } from '#projections';
import { startDurablePostgres } from '../doubles/durable-postgres.js';
import { corpusEvents, writeCorpus } from './corpus.js';
import { type CaseResult, caseResult } from './measure.js';
import { type CpuMeasurement, cpuResult, measuredWithPostgres } from './replay-cpu.js';
import { batchEventsMax, copiedOut, floor } from './replay-floor.js';
import { benchReading } from './replay-reading.js';
import { startTemporaryEventStore } from './stores.js';

const definition = daybookGroup({ accounts: {}, legalEntities: {}, authority: [] });

/**
 * A rebuild of all read models from an empty database, against the floor: reading the same events
 * with the bare client while the same rows are copied into tables with the same keys and indexes.
 */
export async function benchReplay(
  events: number,
  runs: number,
  progress: (line: string) => void,
): Promise<readonly CaseResult[]> {
  const node = await startTemporaryEventStore();
  const postgres = await startDurablePostgres();
  const pool = new pg.Pool({ connectionString: postgres.connectionString });
  const feed = new ThreadFeed(
    new Worker(new URL('./replay-feed.js', import.meta.url), {
      workerData: { connectionString: node.connectionString },
    }),
  );
  try {
    progress(`replay: writing ${events} events`);
    const store = connectEventStore({ connectionString: node.connectionString });
    await writeCorpus(store, corpusEvents(events));
    await store.close();
    const pairs: { value: CpuMeasurement; floor: CpuMeasurement }[] = [];
    for (let run = 1; run <= runs; run += 1) {
      progress(`replay, run ${run} of ${runs}`);
      const value = await rebuild(node.connectionString, feed, pool, events);
      const rows = await copiedOut(pool);
      progress(`replay, run ${run} of ${runs}: floor with ${rows.count} rows`);
      pairs.push({ value, floor: await floor(node.connectionString, pool, rows, events) });
    }
    return [caseResult('replay', events, pairs), ...cpuResult(events, pairs)];
  } finally {
    await feed.close();
    await pool.end();
    await postgres.stop();
    await node.stop();
  }
}

async function rebuild(
  connectionString: string,
  feed: ThreadFeed,
  pool: pg.Pool,
  events: number,
): Promise<CpuMeasurement> {
  await dropTables(pool, definition);
  await createTables(pool, definition);
  const store = connectEventStore({ connectionString, access: 'read' });
  const abort = new AbortController();
  const result = await measuredWithPostgres(pool, async () => {
    const end = await runProjectionGroup({
      store,
      pool,
      definition,
      generation: 1,
      ...benchReading,
      feed,
      batchEventsMax,
      signal: abort.signal,
      report: ({ sequence }) => {
        if (sequence >= events) abort.abort();
      },
    });
    if (end.outcome === 'stopped') throw new Error(`${end.code}: ${end.message}`);
  });
  await store.close();
  const checkpoint = await readCheckpoint(pool, definition.name);
  if (checkpoint?.sequence !== events)
    throw new Error(`${checkpoint?.sequence} of ${events} applied.`);
  return result;
}
