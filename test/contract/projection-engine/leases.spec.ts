import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { accounts, opening, reading, write } from './accounts-domain.js';
import { briefLooks, emptyTables, endRuns, Running } from './running.js';

let postgres: TemporaryPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
});
beforeEach(() => emptyTables(pool));
afterEach(endRuns);
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

function deposit(store: InMemoryEventStore, eventId: string): void {
  write(store, { type: 'Deposited', eventId, leaf: 'account-a', amount: 7, currency: 'EUR' });
}

function openedStore(): InMemoryEventStore {
  const store = new InMemoryEventStore();
  write(store, opening);
  return store;
}

const check = (store: InMemoryEventStore) =>
  verify({ store, pool, definition: accounts, ...reading });

describe('a lease', () => {
  it('keeps every other run from the group while its holder lives', async () => {
    const store = openedStore();
    const holder = new Running(store, pool, { lease: briefLooks });
    await holder.until(({ sequence }) => sequence === 1);
    const other = new Running(store, pool, { lease: briefLooks });
    await other.until(({ state }) => state.state !== 'starting');
    for (let number = 1; number <= 20; number += 1) {
      deposit(store, `d${number}`);
      await Promise.race([
        holder.until(({ sequence }) => sequence === number + 1),
        other.until(({ sequence }) => sequence === number + 1),
      ]);
    }
    expect(other.reports.map(({ state }) => state.state)).toEqual(['standby']);
    expect(holder.progress).toMatchObject({ sequence: 21, epoch: 1 });
  });

  it('is given back by a holder that ends, and those who wait are told', async () => {
    const store = openedStore();
    const deaf = { ...briefLooks, leaseMilliseconds: 600_000, pollMilliseconds: 600_000 };
    const holder = new Running(store, pool, { lease: deaf });
    await holder.until(({ sequence }) => sequence === 1);
    const standby = new Running(store, pool, { lease: deaf });
    await standby.until(({ state }) => state.state === 'standby');
    expect(await holder.stop()).toEqual({ outcome: 'ended' });
    deposit(store, 'd1');
    expect(await standby.until(({ sequence }) => sequence === 2)).toMatchObject({ epoch: 2 });
    await standby.stop();
    expect(await check(store)).toMatchObject({ outcome: 'equal', applied: { events: 2 } });
  });

  it('is renewed while there is nothing to apply', async () => {
    const store = openedStore();
    const brief = { leaseMilliseconds: 200, renewMilliseconds: 40, pollMilliseconds: 20 };
    const holder = new Running(store, pool, { lease: brief });
    await holder.until(({ state }) => state.state === 'live');
    const standby = new Running(store, pool, { lease: brief });
    await standby.until(({ state }) => state.state === 'standby');
    const { rows } = await pool.query<{ ends: Date }>(
      'SELECT expires_at AS ends FROM projection_engine.lease',
    );
    const first = rows[0]?.ends.getTime() ?? Infinity;
    for (let ends = first; ends < first + 1_000;) {
      const now = await pool.query<{ ends: Date }>(
        'SELECT expires_at AS ends FROM projection_engine.lease',
      );
      ends = now.rows[0]?.ends.getTime() ?? ends;
    }
    expect(standby.progress?.state.state).toBe('standby');
    expect(holder.progress?.epoch).toBe(1);
  });

  it('ends with the generation it is for', async () => {
    const standby = new Running(openedStore(), pool, { generation: 2 });
    expect(await standby.end).toMatchObject({ outcome: 'stopped', code: 'generation_dropped' });
  });
});
