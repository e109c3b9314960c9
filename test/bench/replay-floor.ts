import { once } from 'node:events';
import { EventStoreDBClient, START, streamNameFilter } from '@eventstore/db-client';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { defaultLedgerPrefix } from '#kernel';
import { type CpuMeasurement, measuredWithPostgres } from './replay-cpu.js';

/** So many events are applied by one transaction, of the rebuild and of its floor alike. */
export const batchEventsMax = 5_000;
const floorSchema = 'bench_floor';

interface CopiedTable {
  /** Quoted schema and name. */
  readonly source: string;
  readonly name: string;
  readonly lines: readonly Buffer[];
}

export interface CopiedRows {
  readonly tables: readonly CopiedTable[];
  readonly count: number;
  readonly bytes: number;
}

/** Every row the rebuild left, of the read models and of the engine's own state. */
export async function copiedOut(pool: pg.Pool): Promise<CopiedRows> {
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

/** Reads the events with the bare client while the rows are copied into tables of the same keys and indexes. */
export async function floor(
  connectionString: string,
  pool: pg.Pool,
  rows: CopiedRows,
  events: number,
): Promise<CpuMeasurement> {
  await pool.query(`DROP SCHEMA IF EXISTS ${floorSchema} CASCADE; CREATE SCHEMA ${floorSchema}`);
  for (const { source, name } of rows.tables) {
    await pool.query(`CREATE TABLE ${floorSchema}."${name}" (LIKE ${source} INCLUDING ALL)`);
  }
  const result = await measuredWithPostgres(pool, async () => {
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
