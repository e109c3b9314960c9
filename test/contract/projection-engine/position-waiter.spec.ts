import type { StorePosition } from '#kernel';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PositionWaiter } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { openPool } from '../../doubles/open-pool.js';
import { TcpProxy } from '../../doubles/tcp-proxy.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { opening, write } from './accounts-domain.js';
import { catchUp, emptyTables, endRuns, Running } from './running.js';

let postgres: TemporaryPostgres;
let pool: pg.Pool;
let waiter: PositionWaiter;

const listeners = 'waiting readers';
const direct = () => ({
  connectionString: postgres.connectionString,
  application_name: listeners,
});

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
});
beforeEach(async () => {
  await emptyTables(pool);
  waiter = new PositionWaiter({ pool, direct: direct(), groupName: 'accounts', waitersMax: 200 });
});
afterEach(async () => {
  await endRuns();
  await waiter.close();
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

function givenOneEvent(): { readonly store: InMemoryEventStore; readonly position: StorePosition } {
  const store = new InMemoryEventStore();
  return { store, position: write(store, opening).position };
}

async function untilListening(count = 1): Promise<void> {
  await expect.poll(() => waiter.isListening, { timeout: 10_000, interval: 5 }).toBe(true);
  const { rows } = await pool.query<{ count: number }>(
    'SELECT count(*)::integer AS count FROM pg_stat_activity WHERE application_name = $1',
    [listeners],
  );
  expect(rows[0]?.count).toBe(count);
}

/** Ends the session that listens, as a restart or a firewall would. */
async function endListening(): Promise<void> {
  const { rowCount } = await pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
    [listeners],
  );
  expect(rowCount).toBe(1);
}

describe('waiting for a position', () => {
  it('ends at once where the tables hold it already', async () => {
    const { store, position } = givenOneEvent();
    await catchUp(store, pool, 1);
    expect(await waiter.waitFor(position, 0)).toBe('reached');
    expect(await waiter.waitFor(position, 60_000)).toBe('reached');
  });

  it('ends when a run in another place commits it', async () => {
    const { store, position } = givenOneEvent();
    const waiting = waiter.waitFor(position, 60_000);
    expect(await waiter.waitFor(position, 0)).toBe('timed_out');
    const running = new Running(store, pool);
    expect(await waiting).toBe('reached');
    await running.stop();
  });

  it('is bounded', async () => {
    const { position } = givenOneEvent();
    expect(await waiter.waitFor(position, 20)).toBe('timed_out');
    expect(waiter.waiting).toBe(0);
  });

  it('takes one connection however many wait, and no more of them than allowed', async () => {
    const { store, position } = givenOneEvent();
    await untilListening();
    const waiting = Array.from({ length: 200 }, () => waiter.waitFor(position, 60_000));
    expect(waiter.waiting).toBe(200);
    expect(await waiter.waitFor(position, 60_000)).toBe('too_many_waiting');
    expect(await waiter.waitFor(position, 0)).toBe('timed_out');
    await untilListening(1);
    await catchUp(store, pool, 1);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['reached']));
    expect(await waiter.waitFor(position, 60_000)).toBe('reached');
  });

  it('ends when the waiter is closed', async () => {
    const { position } = givenOneEvent();
    const waiting = waiter.waitFor(position, 60_000);
    await waiter.close();
    expect(await waiting).toBe('timed_out');
  });
});

describe('a connection that is lost while somebody waits', () => {
  it('is made again, and what was applied meanwhile is told within about a second', async () => {
    const { store, position } = givenOneEvent();
    await untilListening();
    const waiting = waiter.waitFor(position, 60_000);
    await endListening();
    await catchUp(store, pool, 1);
    const committedAt = performance.now();
    expect(await waiting).toBe('reached');
    expect(performance.now() - committedAt).toBeLessThan(2_000);
    await untilListening();
  });

  it('hears again what is announced behind it', async () => {
    const { store, position } = givenOneEvent();
    await untilListening();
    const waiting = waiter.waitFor(position, 60_000);
    await endListening();
    await expect.poll(() => waiter.isListening).toBe(false);
    await untilListening();
    const running = new Running(store, pool);
    expect(await waiting).toBe('reached');
    await running.stop();
  });

  it('is given up where it says nothing more, though nobody closed it', async () => {
    const { store, position } = givenOneEvent();
    const url = new URL(postgres.connectionString);
    const proxy = await TcpProxy.start(Number(url.port));
    url.port = String(proxy.port);
    const connectionString = url.href;
    const silenced = new PositionWaiter({
      pool,
      direct: { connectionString },
      groupName: 'accounts',
    });
    await expect.poll(() => silenced.isListening, { timeout: 10_000 }).toBe(true);
    proxy.freeze();
    const waiting = silenced.waitFor(position, 60_000);
    await catchUp(store, pool, 1);
    await expect.poll(() => silenced.isListening, { timeout: 10_000 }).toBe(false);
    proxy.thaw();
    expect(await waiting).toBe('reached');
    await silenced.close();
    await proxy.stop();
  });
});
