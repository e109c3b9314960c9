import fc from 'fast-check';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { askForRetry, equalTablesDump, listParkedKeys, verify } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import {
  accounts,
  type AccountsEvent,
  opening,
  prefix,
  reading,
  write,
} from './accounts-domain.js';
import { histories } from './histories.js';
import { mended } from './poison.js';
import { catchUp, emptyTables, endRuns, Running } from './running.js';

const runs = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 300 : 12;
const active = { groupName: 'accounts', generation: 1 };
const retryMilliseconds = 20_000;

let postgres: TemporaryPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  pool = openPool({ connectionString: postgres.connectionString });
});
afterEach(endRuns);
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

/** The same small world a second time, under other names: nothing of one touches the other. */
function inWorld(world: string, event: AccountsEvent): AccountsEvent {
  const named = (name: string): string => `${name}-${world}`;
  const common = { ...event, eventId: named(event.eventId), leaf: named(event.leaf) };
  switch (common.type) {
    case 'Deposited':
      return { ...common, currency: named(common.currency) };
    case 'Transferred':
      return {
        ...common,
        from: named(common.from),
        to: named(common.to),
        currency: named(common.currency),
        reference: named(common.reference),
      };
    case 'Corrected':
      return { ...common, target: named(common.target) };
    case 'AccountMerged':
      return { ...common, into: named(common.into) };
    default:
      return common;
  }
}

const poisonings = fc.record({
  poisoned: histories(30),
  sound: histories(30),
  poison: fc.uniqueArray(fc.nat({ max: 29 }), { minLength: 1, maxLength: 4 }),
  batchEventsMax: fc.constantFrom(1, 3, 17, 100),
});

/** Both worlds by turns; some events of one in a form that only a later build can read. */
function storeOf({
  poisoned,
  sound,
  poison,
}: {
  readonly poisoned: readonly AccountsEvent[];
  readonly sound: readonly AccountsEvent[];
  readonly poison: readonly number[];
}): { readonly store: InMemoryEventStore; readonly events: number } {
  const store = new InMemoryEventStore();
  write(store, opening);
  for (let index = 0; index < Math.max(poisoned.length, sound.length); index += 1) {
    const [bad, good] = [poisoned[index], sound[index]];
    if (bad !== undefined) {
      const { eventId, leaf, ...event } = inWorld('p', bad);
      const data = { ...event, eventId, leaf };
      const type = poison.includes(index % 30) ? 'Garbled' : event.type;
      store.write(prefix + leaf, { eventId, type, data, metadata: {} });
    }
    if (good !== undefined) write(store, inWorld('s', good));
  }
  return { store, events: poisoned.length + sound.length + 1 };
}

/** What the dump says of one world: its names end in it. */
function linesOf(dump: string, world: string): readonly string[] {
  return dump.split('\n').filter((line) => line.includes(`-${world}"`));
}

describe('whatever events are poison', () => {
  it('the tables hold what they do not touch, and all of it once they can be read', async () => {
    await fc.assert(
      fc.asyncProperty(poisonings, async (poisoning) => {
        const { store, events } = storeOf(poisoning);
        const { batchEventsMax } = poisoning;
        await emptyTables(pool);
        await catchUp(store, pool, events, { definition: mended, batchEventsMax });
        const never = await equalTablesDump(pool, accounts);

        await emptyTables(pool);
        await catchUp(store, pool, events, { batchEventsMax });
        const parked = await equalTablesDump(pool, accounts);
        expect(linesOf(parked, 's')).toEqual(linesOf(never, 's'));
        // What is applied is one fold, though of fewer events.
        const check = await verify({ store, pool, definition: accounts, ...reading });
        expect(check).toMatchObject({ outcome: 'equal', applied: { events } });

        const build = new Running(store, pool, { definition: mended, batchEventsMax });
        for (const { key } of await listParkedKeys(pool, active)) {
          await askForRetry(pool, active, key, retryMilliseconds);
        }
        await build.stop();
        expect(await listParkedKeys(pool, active)).toEqual([]);
        expect(await equalTablesDump(pool, accounts)).toBe(never);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });
});
