import type { EventStoreReader, RecordedEvent } from '#event-store';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  equalTablesDump,
  type GroupProgress,
  listParkedKeys,
  readCheckpoint,
  verify,
} from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { faultyPool } from '../../doubles/faulty-pool.js';
import { accounts, opening, reading, write } from './accounts-domain.js';
import { refusedAt } from './poison.js';
import { briefLooks, catchUp, emptyTables, endLease, endRuns, Running } from './running.js';
import { openPool } from '../../doubles/open-pool.js';

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

function deposit(store: InMemoryEventStore, eventId: string): RecordedEvent {
  const amount = 7;
  return write(store, { type: 'Deposited', eventId, leaf: 'account-a', amount, currency: 'EUR' });
}

function storeWith(...eventIds: readonly string[]): InMemoryEventStore {
  const store = new InMemoryEventStore();
  write(store, opening);
  for (const eventId of eventIds) deposit(store, eventId);
  return store;
}

const check = (store: EventStoreReader) =>
  verify({ store, pool, definition: accounts, ...reading });

const isLive = ({ state }: GroupProgress): boolean => state.state === 'live';

describe('checkpoint outside the transaction', () => {
  it('is impossible: a batch whose last statement fails leaves neither rows nor checkpoint', async () => {
    const store = storeWith('d1');
    await catchUp(store, pool, 2);
    const before = await equalTablesDump(pool, accounts);
    // A deferred trigger fails at COMMIT, after every statement of the batch has succeeded.
    await pool.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'refused at commit'; END $$;
      CREATE CONSTRAINT TRIGGER refuse_at_commit
        AFTER UPDATE ON account_statements_v1_g1.balance DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION refuse()`);
    deposit(store, 'd2');
    const refused = new Running(store, pool);
    expect(await refused.end).toMatchObject({ outcome: 'stopped', code: 'failed' });
    expect(refused.progress?.state).toMatchObject({
      state: 'stopped',
      message: 'refused at commit',
    });
    expect((await readCheckpoint(pool, 'accounts'))?.sequence).toBe(2);
    expect(await equalTablesDump(pool, accounts)).toBe(before);
    await pool.query('DROP FUNCTION refuse CASCADE');
    await catchUp(store, pool, 3);
    expect(await check(store)).toMatchObject({ outcome: 'equal', applied: { events: 3 } });
  });
});

/** Taken, but not a step further: only the epoch tells the former holder. */
async function takenByAnother(): Promise<void> {
  await pool.query("UPDATE projection_engine.checkpoint SET epoch = epoch + 1, holder = 'another'");
  await pool.query(`
    UPDATE projection_engine.lease SET epoch = epoch + 1, holder = 'another', backend_pid = pid,
      backend_started_at = backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()`);
}

describe('epoch guard', () => {
  it('refuses what a holder writes after another took the group', async () => {
    const store = storeWith('d1');
    const zombie = new Running(store, pool, { lease: briefLooks });
    await zombie.until(({ sequence }) => sequence === 2);
    await takenByAnother();
    deposit(store, 'd2');
    const refused = await zombie.untilBefore(
      ({ state }) => state.state === 'standby',
      ({ sequence }) => sequence === 3,
    );
    expect(refused.state).toEqual({ state: 'standby', heldBy: 'another' });
    expect((await readCheckpoint(pool, 'accounts'))?.sequence).toBe(2);
    await zombie.stop();
    await endLease(pool);
    await catchUp(store, pool, 3);
    expect(await check(store)).toMatchObject({ outcome: 'equal', applied: { events: 3 } });
  });
});

describe('epoch guard of a batch that is taken up again because rows were refused', () => {
  it('is that of the holder, not of another who took the group meanwhile', async () => {
    const store = storeWith('d1');
    const taking = faultyPool(pool, async (statement) => {
      if (statement === 'projection engine reads a checkpoint') await takenByAnother();
      return undefined;
    });
    const definition = refusedAt(({ eventId }) => eventId === 'd2');
    const holder = new Running(store, taking, { lease: briefLooks, definition });
    await holder.until(({ sequence }) => sequence === 2);
    deposit(store, 'd2');
    const refused = await holder.untilBefore(
      ({ state }) => state.state === 'standby',
      ({ sequence }) => sequence === 3,
    );
    expect(refused.state).toEqual({ state: 'standby', heldBy: 'another' });
    expect((await readCheckpoint(pool, 'accounts'))?.sequence).toBe(2);
  });
});

describe('position guard', () => {
  it('refuses a batch that does not begin where the group stands', async () => {
    const store = storeWith('d1');
    const running = new Running(store, pool, { lease: briefLooks });
    await running.until(({ sequence }) => sequence === 2);
    // The same epoch at another place: a batch was applied behind the holder's back.
    await pool.query(
      'UPDATE projection_engine.checkpoint SET commit_position = commit_position + 1',
    );
    deposit(store, 'd2');
    // It takes the group again from where that stands, and finds that no event lies there.
    expect(await running.endBefore(({ sequence }) => sequence === 3)).toMatchObject({
      outcome: 'stopped',
      code: 'ledger_differs',
    });
    expect((await readCheckpoint(pool, 'accounts'))?.sequence).toBe(2);
  });
});

describe('a store that is not the checkpoint’s', () => {
  it('is refused where it ends before the checkpoint', async () => {
    await catchUp(storeWith('d1', 'd2'), pool, 3);
    const restored = new Running(storeWith('d1'), pool);
    const end = await restored.endBefore(isLive);
    expect(end).toMatchObject({ outcome: 'stopped', code: 'store_behind_checkpoint' });
    expect(restored.progress?.state.state).toBe('stopped');
    expect(await check(storeWith('d1'))).toMatchObject({ code: 'store_behind_checkpoint' });
  });

  it('is refused where another event lies at the checkpoint', async () => {
    await catchUp(storeWith('d1', 'd2'), pool, 3);
    const other = new Running(storeWith('d1', 'x2', 'x3'), pool);
    expect(await other.endBefore(isLive)).toMatchObject({
      outcome: 'stopped',
      code: 'ledger_differs',
    });
  });

  it('is refused where only the id of the ledger differs', async () => {
    await catchUp(storeWith('d1'), pool, 2);
    const other = new InMemoryEventStore();
    write(other, { ...opening, type: 'BankOpened', bank: 'bank two' });
    deposit(other, 'd1');
    expect(await new Running(other, pool).endBefore(isLive)).toMatchObject({
      code: 'ledger_differs',
    });
  });

  it('is refused where it does not begin with the opening of a ledger', async () => {
    const store = new InMemoryEventStore();
    deposit(store, 'd1');
    expect(
      await new Running(store, pool).endBefore(({ sequence }) => sequence === 1),
    ).toMatchObject({
      code: 'ledger_not_opened',
    });
    expect((await readCheckpoint(pool, 'accounts'))?.sequence).toBe(0);
  });
});

describe('a group with nothing to catch up', () => {
  it('is live as soon as the store says so', async () => {
    const store = storeWith('d1');
    await catchUp(store, pool, 2);
    const idle = new Running(store, pool);
    expect(await idle.until(isLive)).toMatchObject({ sequence: 2, epoch: 2 });
  });
});

describe('an event that cannot be read', () => {
  it('is parked and named, and the group goes on', async () => {
    const store = storeWith('d1');
    store.write('bank.account-a', { eventId: 'g', type: 'Garbled', data: {}, metadata: {} });
    deposit(store, 'd2');
    const running = await catchUp(store, pool, 4);
    expect(running.progress).toMatchObject({ parkedKeys: 1, parkedEvents: 2, sequence: 4 });
    expect(await listParkedKeys(pool, { groupName: 'accounts', generation: 1 })).toMatchObject([
      {
        key: 'account-a',
        eventId: 'g',
        message:
          'The event g (Garbled) at revision 1 of account-a cannot be read: nobody knows the type Garbled',
      },
    ]);
  });
});

describe('tables that something else wrote to', () => {
  it('stop the group when it meets the difference', async () => {
    const store = storeWith('d1');
    const running = new Running(store, pool);
    await running.until(({ sequence }) => sequence === 2);
    await pool.query(
      "DELETE FROM account_statements_v1_g1.subject_outline WHERE subject = 'account-a'",
    );
    deposit(store, 'd2');
    expect(await running.endBefore(({ sequence }) => sequence === 3)).toMatchObject({
      outcome: 'stopped',
      code: 'tables_differ',
    });
  });
});
