import type { EventStoreReader, RecordedEvent, SubscriptionItem } from '#event-store';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verify, type VerifyProgress } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { accounts, opening, reading, write } from './accounts-domain.js';
import { catchUp, emptyTables, endRuns, Running } from './running.js';
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

function filledStore(): InMemoryEventStore {
  const store = new InMemoryEventStore();
  write(store, opening);
  const currency = 'EUR';
  write(store, { type: 'Deposited', eventId: 'd1', leaf: 'account-a', amount: 50, currency });
  const transfer = { type: 'Transferred', from: 'account-a', to: 'account-b', currency } as const;
  write(store, { ...transfer, eventId: 't1', leaf: 'transfer-1', amount: 5, reference: 'r1' });
  write(store, { ...transfer, eventId: 't2', leaf: 'transfer-2', amount: 8, reference: 'r2' });
  write(store, { type: 'Corrected', eventId: 'c1', leaf: 'correction-1', target: 't2' });
  return store;
}

/** The same store, with what its subscription delivers changed. */
function withDelivery(
  store: InMemoryEventStore,
  change: (event: RecordedEvent) => readonly RecordedEvent[],
): EventStoreReader {
  return Object.assign(Object.create(store) as InMemoryEventStore, {
    async *subscribeInBatches(...request: Parameters<InMemoryEventStore['subscribeInBatches']>) {
      for await (const items of store.subscribeInBatches(...request)) {
        const changed = items.flatMap((item): readonly SubscriptionItem[] =>
          item.kind === 'event'
            ? change(item.event).map((event) => ({ kind: 'event', event }))
            : [item],
        );
        if (changed.length > 0) yield changed;
      }
    },
  });
}

const check = (store: InMemoryEventStore) =>
  verify({ store, pool, definition: accounts, ...reading });

describe('reader skips an event', () => {
  it('and verify counts it, and lists the rows that are missing', async () => {
    const store = filledStore();
    const skipping = withDelivery(store, (event) => (event.eventId === 't1' ? [] : [event]));
    await catchUp(skipping, pool, 4);
    const verified = await check(store);
    expect(verified).toMatchObject({
      outcome: 'different',
      applied: { events: 4 },
      stored: { events: 5 },
    });
    if (verified.outcome !== 'different') return;
    expect(verified.applied.digestSum).not.toBe(verified.stored.digestSum);
    expect(verified.differences).toContainEqual({
      kind: 'missing_row',
      table: 'account_statements_v1_g1.transfer',
      primaryKey: { reference: 'r1' },
      subject: 'transfer-1',
      revision: '0',
    });
  });
});

describe('one event applied twice', () => {
  it('by a reader that repeats it at its own position stops the group', async () => {
    const store = filledStore();
    const repeating = withDelivery(store, (event) => [event, event]);
    const running = new Running(repeating, pool);
    expect(await running.endBefore(({ sequence }) => sequence === 6)).toMatchObject({
      code: 'position_not_increasing',
    });
  });

  it('by a reader that repeats it further on is left out of the rows, counted, and seen', async () => {
    const store = filledStore();
    const { commit, prepare } = (await store.readTail('bank.'))!.position;
    const repeating = withDelivery(store, (event) =>
      event.eventId === 'c1'
        ? [{ ...event, position: { commit: commit - 2n, prepare: prepare - 2n } }, event]
        : [event],
    );
    const running = await catchUp(repeating, pool, 6);
    expect(running.progress?.repeated).toBe(1);
    expect(await check(store)).toMatchObject({
      outcome: 'different',
      applied: { events: 6 },
      stored: { events: 5 },
    });
  });
});

describe('verify', () => {
  it('finds an undamaged group equal, and says what it looked at', async () => {
    const store = filledStore();
    await catchUp(store, pool, 5);
    const phases: VerifyProgress[] = [];
    const progress = (step: VerifyProgress): void => void phases.push(step);
    const verified = await verify({ store, pool, definition: accounts, ...reading, progress });
    expect(verified).toMatchObject({
      outcome: 'equal',
      applied: { events: 5 },
      stored: { events: 5 },
      differencesTotal: 0,
      rowsCompared: 9 + 5 + 13,
    });
    expect(phases[0]).toEqual({ phase: 'reading', events: 5, eventsExpected: 5 });
    expect(phases.at(-1)).toEqual({ phase: 'comparing', table: 'projection_engine.reach' });
  });

  it('names table, key, stream, revision and column of whatever was damaged', async () => {
    const store = filledStore();
    await catchUp(store, pool, 5);
    await pool.query(`
      UPDATE account_statements_v1_g1.transfer SET amount_minor = 6 WHERE reference = 'r1';
      UPDATE account_statements_v1_g1.balance SET contributions = 3 WHERE account = 'account-b';
      INSERT INTO account_statements_v1_g1.transfer
        SELECT 'r9', from_account, to_account, amount_minor, currency, note, leaf, revision
        FROM account_statements_v1_g1.transfer WHERE reference = 'r1';
      DELETE FROM account_statements_v1_g1.subject_outline WHERE subject = 'transfer-2'`);
    const verified = await check(store);
    expect(verified).toMatchObject({ outcome: 'different', differencesTotal: 4 });
    if (verified.outcome !== 'different') return;
    expect(verified.differences).toEqual([
      {
        kind: 'missing_row',
        table: 'account_statements_v1_g1.subject_outline',
        primaryKey: { subject: 'transfer-2' },
        subject: 'transfer-2',
        revision: undefined,
      },
      {
        kind: 'extra_row',
        table: 'account_statements_v1_g1.transfer',
        primaryKey: { reference: 'r9' },
        subject: 'transfer-1',
        revision: '0',
      },
      {
        kind: 'differing_column',
        table: 'account_statements_v1_g1.transfer',
        primaryKey: { reference: 'r1' },
        subject: 'transfer-1',
        revision: '0',
        column: 'amount_minor',
        expected: '5',
        found: '6',
      },
      {
        kind: 'differing_column',
        table: 'account_statements_v1_g1.balance',
        primaryKey: { account: 'account-b', currency: 'EUR' },
        subject: undefined,
        revision: undefined,
        column: 'contributions',
        expected: '1',
        found: '3',
      },
    ]);
  });

  it('finds what the engine keeps for itself damaged, though every row is right', async () => {
    const store = filledStore();
    await catchUp(store, pool, 5);
    await pool.query(`
      UPDATE projection_engine.home SET events = replace(events, '"amount":50', '"amount":51')
        WHERE home = 'account-a';
      DELETE FROM projection_engine.home WHERE home = 'correction-1';
      INSERT INTO projection_engine.home
        SELECT group_name, generation, 'account-x', '{' FROM projection_engine.home WHERE home = 'account-a';
      DELETE FROM projection_engine.reach WHERE kind = 'subjects' AND name = 'account-b'
        AND home = 'transfer-1'`);
    const verified = await check(store);
    expect(verified).toMatchObject({ outcome: 'different', differencesTotal: 4 });
    if (verified.outcome !== 'different') return;
    expect(
      verified.differences.map(({ kind, table, primaryKey }) => [kind, table, primaryKey]),
    ).toEqual([
      ['extra_row', 'projection_engine.home', { home: 'account-x' }],
      ['missing_row', 'projection_engine.home', { home: 'correction-1' }],
      [
        'missing_row',
        'projection_engine.reach',
        { name: 'account-b', kind: 'subjects', home: 'transfer-1' },
      ],
      ['differing_column', 'projection_engine.home', { home: 'account-a' }],
    ]);
  });

  it('lists no more differences than asked for, and counts all', async () => {
    const store = filledStore();
    await catchUp(store, pool, 5);
    await pool.query('DELETE FROM account_statements_v1_g1.subject_outline');
    const verified = await verify({
      store,
      pool,
      definition: accounts,
      ...reading,
      differencesMax: 2,
    });
    expect(verified).toMatchObject({ outcome: 'different', differencesTotal: 6 });
    expect(verified.outcome === 'different' && verified.differences.length).toBe(2);
  });

  it('looks at one position while the group goes on', async () => {
    const store = filledStore();
    const running = new Running(store, pool);
    await running.until(({ sequence }) => sequence === 5);
    let events = 5;
    const verified = await verify({
      store,
      pool,
      definition: accounts,
      ...reading,
      progress: ({ phase }) => {
        if (phase !== 'comparing') return;
        events += 1;
        write(store, { type: 'RateSet', eventId: `x${events}`, leaf: 'rate-EUR', rate: events });
      },
    });
    expect(verified).toMatchObject({ outcome: 'equal', applied: { events: 5 } });
    await running.until(({ sequence }) => sequence === events);
    await running.stop();
  });

  it('refuses a group that was never run', async () => {
    expect(await check(filledStore())).toMatchObject({ outcome: 'refused', code: 'never_run' });
  });
});
