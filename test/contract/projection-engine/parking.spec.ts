import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  askForRetry,
  equalTablesDump,
  listParkedEvents,
  listParkedKeys,
  readAsOf,
  readCheckpoint,
  readParkedNotice,
  verify,
} from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { accounts, type AccountsEvent, opening, reading, write } from './accounts-domain.js';
import { failingAt, mended, refusedAt, unpackableAt, writePoison } from './poison.js';
import { catchUp, emptyTables, endRuns, Running } from './running.js';

const accountCount = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 10_000 : 500;
const active = { groupName: 'accounts', generation: 1 };
const retryMilliseconds = 20_000;

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

function deposit(leaf: string, eventId: string, amount = 7): AccountsEvent {
  return { type: 'Deposited', eventId, leaf, amount, currency: 'EUR' };
}

/** An account that many events of others surround: three rounds of deposits, one event an account. */
function rounds(poison: (eventId: string) => boolean): InMemoryEventStore {
  const store = new InMemoryEventStore();
  write(store, opening);
  for (let round = 0; round < 3; round += 1) {
    for (let index = 0; index < accountCount; index += 1) {
      const event = deposit(`account-${index}`, `e${round}-${index}`, index + 1);
      if (poison(event.eventId)) writePoison(store, event);
      else write(store, event);
    }
  }
  return store;
}

const eventCount = 3 * accountCount + 1;

async function dumpOf(store: InMemoryEventStore, events: number): Promise<string> {
  await emptyTables(pool);
  await catchUp(store, pool, events, { definition: mended, batchEventsMax: 3_000 });
  return equalTablesDump(pool, accounts);
}

const linesOf = (dump: string, leaf: string): readonly string[] =>
  dump.split('\n').filter((line) => line.includes(`"${leaf}"`));

describe('a poison event of one account among many', () => {
  it('parks that account alone, with its later events behind it, until a build can read it', async () => {
    const store = rounds((eventId) => eventId === 'e1-7');
    const run = await catchUp(store, pool, eventCount);
    expect(run.progress).toMatchObject({ sequence: eventCount, parkedKeys: 1, parkedEvents: 2 });
    const parked = await equalTablesDump(pool, accounts);
    expect(await verify({ store, pool, definition: accounts, ...reading })).toMatchObject({
      outcome: 'equal',
      applied: { events: eventCount },
      parkedEvents: 2,
    });
    expect(await listParkedKeys(pool, active)).toMatchObject([
      {
        key: 'account-7',
        sinceSequence: accountCount + 8,
        eventId: 'e1-7',
        code: 'event_unreadable',
        message:
          'The event e1-7 (Garbled) at revision 1 of account-7 cannot be read: nobody knows the type Garbled',
        events: 2,
      },
    ]);
    expect(await listParkedEvents(pool, active, 'account-7', 10)).toMatchObject([
      { eventId: 'e1-7', code: 'event_unreadable' },
      { eventId: 'e2-7', code: 'waits' },
    ]);
    expect(await readParkedNotice(pool, active, ['account-7'])).toMatchObject({ key: 'account-7' });
    expect(await readParkedNotice(pool, active, ['account-8'])).toBeNull();

    const build = new Running(store, pool, { definition: mended });
    await build.until(({ state }) => state.state === 'live');
    expect(await askForRetry(pool, active, 'account-7', retryMilliseconds)).toEqual({
      outcome: 'retried',
      applied: 2,
      skipped: 0,
      stillParked: 0,
    });
    await build.until(({ parkedKeys, parkedEvents }) => parkedKeys + parkedEvents === 0);
    await build.stop();
    const retried = await equalTablesDump(pool, accounts);
    const never = await dumpOf(store, eventCount);
    expect(retried).toBe(never);
    const others = (dump: string) =>
      dump.split('\n').filter((line) => !line.includes('"account-7"'));
    expect(others(parked)).toEqual(others(never));
    expect(linesOf(parked, 'account-7').join()).toContain('e0-7');
    expect(linesOf(parked, 'account-7').join()).not.toContain('e2-7');
  });

  it('holds whatever would change its rows, and nothing that only reads what it reads', async () => {
    const store = new InMemoryEventStore();
    write(store, opening);
    write(store, deposit('account-a', 'a1'));
    const transfer = { amount: 1, currency: 'EUR', from: 'account-a', to: 'account-b' };
    write(store, {
      type: 'Transferred',
      eventId: 't1',
      leaf: 'transfer-1',
      reference: 'r1',
      ...transfer,
    });
    writePoison(store, deposit('account-a', 'a2'));
    // By its subject, by the name it shares with t1, and by its home, which then shares it too.
    write(store, {
      type: 'Transferred',
      eventId: 't2',
      leaf: 'transfer-2',
      reference: 'r2',
      ...transfer,
    });
    const elsewhere = { ...transfer, from: 'account-c', to: 'account-d' };
    write(store, {
      type: 'Transferred',
      eventId: 't3',
      leaf: 'transfer-3',
      reference: 'r1',
      ...elsewhere,
    });
    write(store, deposit('account-b', 'b1'));
    write(store, { type: 'Corrected', eventId: 'c1', leaf: 'correction-1', target: 'a1' });
    // Of these none belongs to it.
    write(store, { type: 'RateSet', eventId: 'x1', leaf: 'rate-EUR', rate: 3 });
    write(store, deposit('account-e', 'x2'));
    await catchUp(store, pool, 10);
    const parked = await listParkedEvents(pool, active, 'account-a', 10);
    expect(parked.map(({ eventId }) => eventId)).toEqual(['a2', 't2', 't3', 'b1', 'c1']);
    expect(await verify({ store, pool, definition: accounts, ...reading })).toMatchObject({
      outcome: 'equal',
      parkedEvents: 5,
    });
  });

  it('is left out for good by a recorded decision, and what waits behind it is applied', async () => {
    const store = rounds((eventId) => eventId === 'e1-7');
    await catchUp(store, pool, eventCount);
    const decided = new Set(['e1-7']);
    const run = new Running(store, pool, { skippedEvents: async () => decided });
    expect(await askForRetry(pool, active, 'account-7', retryMilliseconds)).toMatchObject({
      applied: 1,
      skipped: 1,
      stillParked: 0,
    });
    await run.stop();
    const retried = await equalTablesDump(pool, accounts);
    const check = await verify({ store, pool, definition: accounts, ...reading });
    expect(check).toMatchObject({ outcome: 'equal', parkedEvents: 0, skippedEvents: 1 });
    await emptyTables(pool);
    await catchUp(store, pool, eventCount, { skippedEvents: async () => decided });
    expect(await equalTablesDump(pool, accounts)).toBe(retried);
    expect(await verify({ store, pool, definition: accounts, ...reading })).toEqual(check);
  });

  it('stays parked where a retry meets it again', async () => {
    const store = rounds((eventId) => eventId === 'e1-7');
    const run = new Running(store, pool);
    await run.until(({ sequence }) => sequence === eventCount);
    const before = await listParkedKeys(pool, active);
    expect(await askForRetry(pool, active, 'account-7', retryMilliseconds)).toMatchObject({
      applied: 0,
      stillParked: 2,
      code: 'event_unreadable',
    });
    const [key] = await listParkedKeys(pool, active);
    expect({ ...key, since: '' }).toEqual({ ...before[0], since: '' });
    expect(await askForRetry(pool, active, 'account-9', retryMilliseconds)).toEqual({
      outcome: 'not_parked',
    });
  });
});

describe('the past of a ledger in which an event was parked', () => {
  it('holds it from its own place on once it is applied, whatever was kept meanwhile', async () => {
    const terms = { everyEvents: 20, fineEvents: 10_000, coarseEvents: 1_000 };
    const store = rounds((eventId) => eventId === 'e1-7');
    const options = { definition: { ...mended, waypoints: terms }, batchEventsMax: 50 };
    await catchUp(store, pool, eventCount, {
      ...options,
      definition: { ...accounts, waypoints: terms },
    });
    const sequence = 2 * accountCount + 40;
    const balanceThen = async () => {
      const past = await readAsOf(
        { pool, groupName: 'accounts', definitionOf: () => options.definition },
        { moment: { kind: 'sequence', sequence }, tables: ['balance'] },
        async (client) => {
          const { rows } = await client.query<{ amount: string }>(
            "SELECT sum(amount_minor) AS amount FROM balance WHERE account = 'account-7'",
          );
          return rows[0]?.amount;
        },
      );
      return past.outcome === 'read' && { amount: past.result, parked: past.asOf.parked };
    };
    // Its deposits are of 8 each: the first is applied, the second is parked, the third waits.
    expect(await balanceThen()).toEqual({ amount: '8', parked: { keys: 1, events: 2 } });
    const build = new Running(store, pool, options);
    expect(await askForRetry(pool, active, 'account-7', retryMilliseconds)).toMatchObject({
      applied: 2,
    });
    await build.stop();
    expect(await balanceThen()).toEqual({ amount: '24', parked: { keys: 0, events: 0 } });
  });
});

describe('an event of which a row cannot be made', () => {
  const cases = [
    { by: 'a rule that fails', code: 'derivation_failed', build: failingAt },
    { by: 'PostgreSQL', code: 'rows_refused', build: refusedAt },
    { by: 'what writes it as state', code: 'rows_refused', build: unpackableAt },
  ] as const;
  it.each(cases)('is parked alone where it is refused by $by', async ({ code, build }) => {
    const store = rounds(() => false);
    const definition = build(({ eventId }) => eventId === 'e1-7' || eventId === 'e0-90');
    const options = { definition, batchEventsMax: 400 };
    const run = await catchUp(store, pool, eventCount, options);
    expect(run.progress).toMatchObject({ parkedKeys: 2, parkedEvents: 5 });
    expect(await listParkedKeys(pool, active)).toMatchObject([
      { key: 'account-90', eventId: 'e0-90', code, events: 3 },
      { key: 'account-7', eventId: 'e1-7', code, events: 2 },
    ]);
    expect(await verify({ store, pool, definition, ...reading })).toMatchObject({
      outcome: 'equal',
      parkedEvents: 5,
    });
    const mending = new Running(store, pool);
    for (const key of ['account-7', 'account-90']) {
      expect(await askForRetry(pool, active, key, retryMilliseconds)).toMatchObject({
        stillParked: 0,
      });
    }
    await mending.stop();
    const retried = await equalTablesDump(pool, accounts);
    expect(retried).toBe(await dumpOf(store, eventCount));
  });
});

describe('a row that PostgreSQL refuses at the commit', () => {
  it('parks the event it comes from, and no other', async () => {
    const store = rounds(() => false);
    await pool.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF 'e1-7' = ANY(NEW.event_ids) THEN
          RAISE 'never e1-7' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER refuse AFTER INSERT OR UPDATE
        ON account_statements_v1_g1.subject_outline DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const run = await catchUp(store, pool, eventCount, { batchEventsMax: 400 });
    expect(run.progress).toMatchObject({ parkedKeys: 1, parkedEvents: 2 });
    expect(await listParkedKeys(pool, active)).toMatchObject([
      { key: 'account-7', eventId: 'e1-7', code: 'rows_refused', events: 2 },
    ]);
    const again = new Running(store, pool);
    expect(await askForRetry(pool, active, 'account-7', retryMilliseconds)).toMatchObject({
      applied: 0,
      stillParked: 2,
      code: 'rows_refused',
    });
    await pool.query('DROP FUNCTION refuse CASCADE');
    expect(await askForRetry(pool, active, 'account-7', retryMilliseconds)).toMatchObject({
      applied: 2,
      stillParked: 0,
    });
    await again.stop();
  });
});

describe('state that cannot be read', () => {
  it('stops the group, naming where it is and what to do', async () => {
    const store = rounds(() => false);
    await catchUp(store, pool, eventCount);
    await pool.query("UPDATE projection_engine.home SET events = '{' WHERE home = 'account-7'");
    write(store, deposit('account-7', 'e3-7'));
    const run = new Running(store, pool);
    const end = await run.endBefore(({ sequence }) => sequence > eventCount);
    expect(end).toMatchObject({ outcome: 'stopped', code: 'tables_differ' });
    expect(end).toHaveProperty('message', expect.stringContaining('The state of account-7'));
  });
});

describe('a bug that poisons everything', () => {
  const limits = { parkedKeysMax: 20, parkedEventsMax: 1_000 };
  const everything = () => true;
  it.each([
    ['events that cannot be read', accounts, (id: string) => id.startsWith('e1')],
    ['a rule that always fails', failingAt(everything), () => false],
    ['rows that are always refused', refusedAt(everything), () => false],
  ] as const)(
    'stops the group once as many keys are parked as may be: %s',
    async (_, definition, poison) => {
      const store = rounds(poison);
      const run = new Running(store, pool, {
        definition,
        parkingLimits: limits,
        batchEventsMax: 150,
      });
      expect(await run.end).toMatchObject({ outcome: 'stopped', code: 'parked_keys_max' });
      expect(await listParkedKeys(pool, active)).toHaveLength(20);
      const sequence = (await readCheckpoint(pool, 'accounts'))?.sequence;
      expect(run.progress).toMatchObject({ parkedKeys: 20, sequence });
      const again = new Running(store, pool, { definition, parkingLimits: limits });
      expect(await again.end).toMatchObject({ code: 'parked_keys_max' });
      expect(await listParkedKeys(pool, active)).toHaveLength(20);
      expect((await readCheckpoint(pool, 'accounts'))?.sequence).toBe(sequence);
    },
  );

  it('stops it where too many events wait behind one key', async () => {
    const store = new InMemoryEventStore();
    write(store, opening);
    writePoison(store, deposit('account-a', 'a0'));
    for (let index = 1; index < 30; index += 1) write(store, deposit('account-a', `a${index}`));
    const parkingLimits = { parkedKeysMax: 5, parkedEventsMax: 10 };
    const run = new Running(store, pool, { parkingLimits });
    expect(await run.end).toMatchObject({ outcome: 'stopped', code: 'parked_events_max' });
    expect(run.progress).toMatchObject({ sequence: 11, parkedEvents: 10 });
  });
});

describe('a retry that ends its holder again and again', () => {
  it('is refused after three attempts, and everything else goes on', async () => {
    const store = rounds((eventId) => eventId === 'e1-7');
    await catchUp(store, pool, eventCount);
    const run = new Running(store, pool, { definition: mended });
    await run.until(({ state }) => state.state === 'live');
    await pool.query(`
      CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM pg_terminate_backend(pg_backend_pid()); RETURN OLD; END $$;
      CREATE TRIGGER lose BEFORE DELETE ON projection_engine.parked
        FOR EACH ROW EXECUTE FUNCTION lose()`);
    expect(await askForRetry(pool, active, 'account-7', retryMilliseconds)).toMatchObject({
      outcome: 'refused',
      code: 'retry_broken_off',
    });
    expect(run.reports.filter(({ state }) => state.state === 'retrying')).toHaveLength(3);
    write(store, deposit('account-8', 'later'));
    await run.until(({ sequence }) => sequence === eventCount + 1);
    await pool.query('DROP FUNCTION lose CASCADE');
    expect(await askForRetry(pool, active, 'account-7', retryMilliseconds)).toMatchObject({
      outcome: 'retried',
      applied: 2,
    });
  });
});

describe('a connection that is lost while a key is parked', () => {
  it('leaves neither the key nor the checkpoint, and both a moment later', async () => {
    const store = rounds((eventId) => eventId === 'e1-7');
    // Sequences are not rolled back: only the first attempt ends its own connection.
    await pool.query(`
      CREATE SEQUENCE attempt;
      CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('attempt') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NEW; END $$;
      CREATE TRIGGER lose BEFORE INSERT ON projection_engine.parked
        FOR EACH ROW EXECUTE FUNCTION lose()`);
    const run = new Running(store, pool);
    await run.until(({ sequence }) => sequence === eventCount);
    expect(run.reports.some(({ state }) => state.state === 'retrying')).toBe(true);
    expect(await run.stop()).toEqual({ outcome: 'ended' });
    expect(await listParkedKeys(pool, active)).toMatchObject([{ key: 'account-7', events: 2 }]);
    expect(await verify({ store, pool, definition: accounts, ...reading })).toMatchObject({
      outcome: 'equal',
      parkedEvents: 2,
    });
    await pool.query('DROP FUNCTION lose CASCADE; DROP SEQUENCE attempt');
  });
});
