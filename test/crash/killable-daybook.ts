import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { startEmbeddedPostgres } from '#embedded-postgres';
import { equalTablesDump, readCheckpoint } from '#projection-engine';
import { daybookGroup } from '#projections';
import { plainReference } from '../fixtures/full-fold.js';
import { openPool } from '../doubles/open-pool.js';

const program = new URL('../../dist/apps/daybook/src/main.js', import.meta.url).pathname;
const startMillisecondsMax = 60_000;
const pollMilliseconds = 20;

/** A compiled Daybook in a process of its own, which a test may kill without warning. */
export class KillableDaybook {
  #process: ChildProcess | undefined;
  #url = '';

  constructor(readonly dataDirectory: string) {}

  get url(): string {
    return this.#url;
  }

  /** Starts the program and returns once it answers. */
  async start(): Promise<void> {
    await rm(join(this.dataDirectory, 'run.json'), { force: true });
    const child = spawn(
      process.execPath,
      [program, 'serve', '--port', '0', '--data', this.dataDirectory],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => {
      log = `${log}${chunk.toString()}`.slice(-4_000);
    });
    this.#process = child;
    const until = performance.now() + startMillisecondsMax;
    while (performance.now() < until) {
      if (child.exitCode !== null) throw new Error(`Daybook ended by itself:\n${log}`);
      if (await this.#isLive()) return;
      await pause(pollMilliseconds);
    }
    throw new Error(`Daybook did not start:\n${log}`);
  }

  async #isLive(): Promise<boolean> {
    try {
      const record = await readFile(join(this.dataDirectory, 'run.json'), 'utf8');
      this.#url = (JSON.parse(record) as { url: string }).url;
      return (await fetch(`${this.#url}/health/live`)).ok;
    } catch {
      return false;
    }
  }

  /** Ends the program with SIGKILL; nothing of it can clean up. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends the program in order. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** How many ledger events the projection has committed; asked of the database alone, while nothing else runs. */
  async projectedEvents(): Promise<number> {
    return this.#withDatabase(
      async (pool) => (await readCheckpoint(pool, 'daybook'))?.sequence ?? 0,
    );
  }

  /** Every table of the read models without its arrival columns, while nothing else runs. */
  async tables(): Promise<string> {
    return this.#withDatabase((pool) => equalTablesDump(pool, daybookGroup(plainReference)));
  }

  async #withDatabase<Result>(work: (pool: Pool) => Promise<Result>): Promise<Result> {
    const server = await startEmbeddedPostgres({ directory: join(this.dataDirectory, 'postgres') });
    const pool = openPool({ connectionString: server.connectionString });
    // The server may end a connection that the pool is closing; the work itself is done by then.
    pool.on('error', () => undefined);
    try {
      return await work(pool);
    } finally {
      await pool.end();
      await server.stop();
    }
  }
}
