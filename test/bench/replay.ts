import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { EventStoreDBClient, START, streamNameFilter } from '@eventstore/db-client';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { connectEventStore } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import {
  createTables,
  dropTables,
  readCheckpoint,
  runProjectionGroup,
  ThreadFeed,
} from '#projection-engine';
import { daybookGroup } from '#projections';
import { startDurablePostgres } from '../doubles/durable-postgres.js';
import { corpusOf, writeCorpus } from './corpus.js';
import { type CaseResult, caseResult, measured, type Measurement } from './measure.js';
import { benchReading } from './replay-reading.js';
import { startTemporaryEventStore } from './stores.js';

const definition = daybookGroup({ accounts: {}, legalEntities: {}, authority: [] });
const batchEventsMax = 5_000;
const floorSchema = 'bench_floor';

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
    const corpus = corpusOf(events);
    const store = connectEventStore({ connectionString: node.connectionString });
    await writeCorpus(store, corpus);
    await store.close();
    const pairs: { value: Measurement; floor: Measurement }[] = [];
    for (let run = 1; run <= runs; run += 1) {
      progress(`replay, run ${run} of ${runs}`);
      const value = await rebuild(node.connectionString, feed, pool, corpus.length);
      const rows = await copiedOut(pool);
      progress(`replay, run ${run} of ${runs}: floor with ${rows.count} rows`);
      pairs.push({ value, floor: await floor(node.connectionString, pool, rows, corpus.length) });
    }
    return [caseResult('replay', corpus.length, pairs)];
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
): Promise<Measurement> {
  await dropTables(pool, definition);
  await createTables(pool, definition);
  const store = connectEventStore({ connectionString, access: 'read' });
  const abort = new AbortController();
  const result = await measured(async () => {
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

interface CopiedTable {
  /** Quoted schema and name. */
  readonly source: string;
  readonly name: string;
  readonly lines: readonly Buffer[];
}

interface CopiedRows {
  readonly tables: readonly CopiedTable[];
  readonly count: number;
  readonly bytes: number;
}

/** Every row the rebuild left, of the read models and of the engine's own state. */
async function copiedOut(pool: pg.Pool): Promise<CopiedRows> {
  const { rows } = await pool.query<{ schema: string; name: string }>(
    `SELECT schemaname AS schema, tablename AS name FROM pg_tables
      WHERE schemaname LIKE '%\\_v1\\_g1' OR (schemaname = 'projection_engine' AND tablename IN ('home', 'reach'))
      ORDER BY 1, 2`,
  );
  const tables: CopiedTable[] = [];
  const client = await pool.connect();
  for (const { schema, name } of rows) {
    const source = `"${schema}"."${name}"`;
    const stream = client.query(copyTo(`COPY ${source} TO STDOUT`));
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    tables.push({ source, name, lines: splitLines(Buffer.concat(chunks)) });
  }
  client.release();
  return {
    tables,
    count: tables.reduce((sum, { lines }) => sum + lines.length, 0),
    bytes: tables.flatMap(({ lines }) => lines).reduce((sum, { length }) => sum + length, 0),
  };
}

function splitLines(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end + 1));
    start = end + 1;
  }
  return lines;
}

async function floor(
  connectionString: string,
  pool: pg.Pool,
  rows: CopiedRows,
  events: number,
): Promise<Measurement> {
  await pool.query(`DROP SCHEMA IF EXISTS ${floorSchema} CASCADE; CREATE SCHEMA ${floorSchema}`);
  for (const { source, name } of rows.tables) {
    await pool.query(`CREATE TABLE ${floorSchema}."${name}" (LIKE ${source} INCLUDING ALL)`);
  }
  const result = await measured(async () => {
    await Promise.all([readAll(connectionString, events), copyIn(pool, rows, events)]);
  });
  for (const { source, name, lines } of rows.tables) {
    const copied = await pool.query<{ bytes: string; count: string }>(
      `SELECT count(*) AS count FROM ${floorSchema}."${name}"`,
    );
    if (Number(copied.rows[0]?.count) !== lines.length)
      throw new Error(`${source} was not copied whole.`);
  }
  return result;
}

/** Counts the ledger's events as the bare client gives them. */
async function readAll(connectionString: string, events: number): Promise<void> {
  const client = EventStoreDBClient.connectionString`${connectionString}`;
  const subscription = client.subscribeToAll({
    fromPosition: START,
    filter: streamNameFilter({ prefixes: [defaultLedgerPrefix] }),
  });
  let count = 0;
  subscription.on('data', () => {
    count += 1;
    if (count === events) subscription.emit('counted');
  });
  await once(subscription, 'counted');
  await subscription.unsubscribe();
  await client.dispose();
}

/** The rows in as many transactions as the rebuild needed, each with its part of every table. */
async function copyIn(pool: pg.Pool, { tables }: CopiedRows, events: number): Promise<void> {
  const client = await pool.connect();
  const batches = Math.ceil(events / batchEventsMax);
  for (let batch = 0; batch < batches; batch += 1) {
    await client.query('BEGIN');
    for (const { name, lines } of tables) {
      const part = (at: number) => Math.floor((lines.length * at) / batches);
      const bytes = Buffer.concat(lines.slice(part(batch), part(batch + 1)));
      if (bytes.length === 0) continue;
      const stream = client.query(copyFrom(`COPY ${floorSchema}."${name}" FROM STDIN`));
      stream.end(bytes);
      await once(stream, 'finish');
    }
    await client.query('COMMIT');
  }
  client.release();
}
