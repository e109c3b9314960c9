import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PositionWaiter } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { opening, write } from './accounts-domain.js';
import { catchUp, emptyTables, endRuns, Running } from './running.js';
import { openPool } from '../../doubles/open-pool.js';

let postgres: TemporaryPostgres;
let pool: pg.Pool;
let readers: pg.Pool;
let waiter: PositionWaiter;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
  readers = openPool({
    connectionString: postgres.connectionString,
    application_name: 'readers',
  });
  readers.on('error', () => undefined);
});
beforeEach(async () => {
  await emptyTables(pool);
  waiter = new PositionWaiter(readers, 'accounts');
});
afterEach(async () => {
  await endRuns();
  await waiter.close();
});
afterAll(async () => {
  await readers.end();
  await pool.end();
  await postgres.stop();
});

describe('waiting for a position', () => {
  it('ends at once where the tables hold it already', async () => {
    const store = new InMemoryEventStore();
    const { position } = write(store, opening);
    await catchUp(store, pool, 1);
    expect(await waiter.waitFor(position, 0)).toBe('reached');
    expect(await waiter.waitFor(position, 60_000)).toBe('reached');
  });

  it('ends when a run in another place commits it', async () => {
    const store = new InMemoryEventStore();
    const { position } = write(store, opening);
    const waiting = waiter.waitFor(position, 60_000);
    expect(await waiter.waitFor(position, 0)).toBe('timed_out');
    const running = new Running(store, pool);
    expect(await waiting).toBe('reached');
    await running.stop();
  });

  it('is bounded', async () => {
    const store = new InMemoryEventStore();
    const { position } = write(store, opening);
    expect(await waiter.waitFor(position, 20)).toBe('timed_out');
  });

  it('goes on over a lost connection', async () => {
    const store = new InMemoryEventStore();
    const { position } = write(store, opening);
    const waiting = waiter.waitFor(position, 60_000);
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'readers'`,
    );
    const running = new Running(store, pool);
    expect(await waiting).toBe('reached');
    await running.stop();
  });

  it('ends when the waiter is closed', async () => {
    const store = new InMemoryEventStore();
    const { position } = write(store, opening);
    const waiting = waiter.waitFor(position, 60_000);
    await waiter.close();
    expect(await waiting).toBe('timed_out');
  });
});
