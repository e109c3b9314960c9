import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import type { VerifyOutcome } from '#projection-engine';
import { simulate } from '#simulation';
import { startRunningDaybook } from '../doubles/running-daybook.js';
import { startTemporaryPostgres, type TemporaryPostgres } from '../doubles/temporary-postgres.js';
import { openPool } from '../doubles/open-pool.js';

const program = join(import.meta.dirname, '../../dist/apps/daybook/src/main.js');
const batchDeliveries = 100;

/** One end of the program that was not asked for by a signal. */
export interface CommandEnd {
  readonly exitCode: number | null;
  readonly answer: string;
  readonly notes: string;
}

/**
 * A ledger that was imported through HTTP and left: its data directory, its database, and a copy of
 * its event store from the middle of the import. Every test works on copies.
 */
export class VerifiedLedger {
  readonly #postgres: TemporaryPostgres;
  readonly #folder: string;
  readonly #pools: pg.Pool[] = [];
  #imported = '';

  private constructor(postgres: TemporaryPostgres, folder: string) {
    this.#postgres = postgres;
    this.#folder = folder;
  }

  static async import(options: {
    readonly seed: number;
    readonly events: number;
  }): Promise<VerifiedLedger> {
    const folder = await mkdtemp(join(tmpdir(), 'daybook-verified-'));
    const ledger = new VerifiedLedger(await startTemporaryPostgres(), folder);
    await ledger.#import([...simulate(options)]);
    return ledger;
  }

  get dataDirectory(): string {
    return join(this.#folder, 'data');
  }

  /** The event store as it was when half of the deliveries were recorded. */
  get olderEventStore(): string {
    return join(this.#folder, 'older-event-store');
  }

  /** A database of its own with the tables as the import left them. */
  async copyOfDatabase(): Promise<string> {
    return this.#postgres.newDatabase(this.#imported);
  }

  async newDatabase(): Promise<string> {
    return this.#postgres.newDatabase();
  }

  /** A pool that ends with the ledger. */
  pool(databaseUrl: string): pg.Pool {
    const pool = openPool({ connectionString: databaseUrl, max: 4 });
    // The server may end a connection that the pool is closing.
    pool.on('error', () => undefined);
    this.#pools.push(pool);
    return pool;
  }

  /** A data directory like the imported one, with another event store in it where one is named. */
  async copyOfDataDirectory(eventStore?: string): Promise<string> {
    const copy = await this.newFolder();
    await cp(this.dataDirectory, copy, { recursive: true });
    if (eventStore === undefined) return copy;
    await rm(join(copy, 'eventstore'), { recursive: true });
    await cp(eventStore, join(copy, 'eventstore'), { recursive: true });
    return copy;
  }

  async newFolder(): Promise<string> {
    return mkdtemp(join(this.#folder, 'folder-'));
  }

  /** Runs `daybook verify --full` on the imported data directory and a database. */
  async verify(databaseUrl: string, ...options: readonly string[]): Promise<CommandEnd> {
    return this.verifySums(databaseUrl, '--full', ...options);
  }

  /** Runs `daybook verify`, which looks at sums alone unless its options say otherwise. */
  async verifySums(databaseUrl: string, ...options: readonly string[]): Promise<CommandEnd> {
    const child = spawn(
      process.execPath,
      [program, 'verify', '--data', this.dataDirectory, ...options],
      {
        cwd: this.#folder,
        env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const [answer, notes] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    return { exitCode: child.exitCode, answer, notes };
  }

  /** The report that `daybook verify --json` prints of a database. */
  async report(databaseUrl: string): Promise<Exclude<VerifyOutcome, { outcome: 'refused' }>> {
    const { answer, notes } = await this.verify(databaseUrl, '--json');
    if (answer === '') throw new Error(`Nothing was reported:\n${notes}`);
    const report = JSON.parse(answer) as VerifyOutcome;
    if (report.outcome === 'refused') throw new Error(report.message);
    return report;
  }

  async remove(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()));
    await this.#postgres.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #import(deliveries: readonly object[]): Promise<void> {
    const { dataDirectory } = this;
    this.#imported = this.#postgres.connectionString;
    const environment = { DATABASE_URL: this.#imported };
    await cp(await this.newFolder(), dataDirectory, { recursive: true });
    const daybook = await startRunningDaybook({ dataDirectory, environment });
    let position = '';
    for (let from = 0; from < deliveries.length; from += batchDeliveries) {
      if (from === Math.floor(deliveries.length / 2)) {
        await cp(join(dataDirectory, 'eventstore'), this.olderEventStore, { recursive: true });
      }
      const { status, body } = await daybook.post(
        '/v1/events',
        deliveries.slice(from, from + batchDeliveries),
        { 'content-type': 'application/cloudevents-batch+json' },
      );
      if (status !== 200) throw new Error(JSON.stringify(body));
      position = (body as { readonly position: string }).position;
    }
    const read = await daybook.get(`/v1/trial-balance?after=${position}&wait=20000`);
    if (read.status !== 200) throw new Error(JSON.stringify(read.body));
    await daybook.end();
  }
}

/** Every row of every table of a database, as text, so that any change to it shows. */
export async function databaseText(pool: pg.Pool): Promise<string> {
  const tables = await pool.query<{ name: string }>(
    `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name
     FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
     ORDER BY name`,
  );
  const parts: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await pool.query<{ line: string }>(
      `SELECT each::text AS line FROM ${name} AS each ORDER BY line`,
    );
    parts.push(name, ...rows.map(({ line }) => line));
  }
  return parts.join('\n');
}
