import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint, verify } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { accounts, opening, reading, write } from './accounts-domain.js';
import { emptyTables, endRuns, Running } from './running.js';
import { openPool } from '../../doubles/open-pool.js';
import { Wire } from './wire.js';

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

const check = (store: InMemoryEventStore) =>
  verify({ store, pool, definition: accounts, ...reading });

describe('an outage of PostgreSQL', () => {
  it('is waited out, and nothing is skipped', async () => {
    await Wire.to(postgres.connectionString, async (wire, wired) => {
      const store = new InMemoryEventStore();
      write(store, opening);
      const running = new Running(store, wired, { batchEventsMax: 4 });
      await running.until(({ sequence }) => sequence === 1);
      wire.cut();
      for (let index = 0; index < 10; index += 1) deposit(store, `d${index}`);
      await running.until(
        ({ state }) => state.state === 'retrying' && state.attempt === 3 && state.message !== '',
      );
      wire.mend();
      const { epoch } = await running.until(({ sequence }) => sequence === 11);
      expect(epoch).toBeGreaterThan(1);
      await running.stop();
      expect(await check(store)).toMatchObject({ outcome: 'equal', applied: { events: 11 } });
    });
  });

  it('that lets another run take the group leaves this one waiting', async () => {
    await Wire.to(postgres.connectionString, async (wire, wired) => {
      const store = new InMemoryEventStore();
      write(store, opening);
      const cutOff = new Running(store, wired);
      await cutOff.until(({ sequence }) => sequence === 1);
      wire.cut();
      const successor = new Running(store, pool);
      deposit(store, 'd1');
      await successor.until(({ sequence }) => sequence === 2);
      await cutOff.until(({ state }) => state.state === 'retrying');
      wire.mend();
      await cutOff.untilBefore(
        ({ state }) => state.state === 'standby',
        ({ sequence }) => sequence === 2,
      );
      await cutOff.stop();
      await successor.stop();
      expect((await readCheckpoint(pool, 'accounts'))?.sequence).toBe(2);
      expect(await check(store)).toMatchObject({ outcome: 'equal' });
    });
  });

  it('of the server ending the connection in the middle of batches loses nothing', async () => {
    const store = new InMemoryEventStore();
    write(store, opening);
    const running = new Running(store, pool, { batchEventsMax: 1 });
    for (let index = 0; index < 60; index += 1) {
      deposit(store, `d${index}`);
      if (index % 20 !== 10) continue;
      await running.until(({ sequence }) => sequence > index - 5);
      await pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE pid <> pg_backend_pid() AND datname = current_database()
           AND query LIKE '%projection_engine%'`,
      );
    }
    await running.until(({ sequence }) => sequence === 61);
    await running.stop();
    expect(await check(store)).toMatchObject({ outcome: 'equal', applied: { events: 61 } });
  });
});
