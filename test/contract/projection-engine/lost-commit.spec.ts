import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint, verify } from '#projection-engine';
import { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { accounts, opening, reading, write } from './accounts-domain.js';
import { emptyTables, endRuns, Running } from './running.js';
import { type CommitFault, Wire } from './wire.js';

/** A run that has tried so often to go on does not know where the group stands. */
const attemptsMax = 3;

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

/** Where a batch stands whose COMMIT is lost, once the run has found out and gone on. */
async function afterLosing(fault: CommitFault) {
  const store = new InMemoryEventStore();
  write(store, opening);
  const told: { sequence: number; epoch: number }[] = [];
  await Wire.to(postgres.connectionString, async (wire, wired) => {
    const running = new Running(store, wired);
    await running.until(({ sequence, state }) => sequence === 1 && state.state === 'live');
    wire.loseNextCommit(fault);
    deposit(store, 'd1');
    const isStuck = ({ state }: { state: { state: string; attempt?: number } }): boolean =>
      state.state === 'retrying' && (state.attempt ?? 0) > attemptsMax;
    await running.untilBefore(({ sequence }) => sequence === 2, isStuck);
    expect(wire.lost).toBe(1);
    const checkpoint = await readCheckpoint(pool, 'accounts');
    wire.deliver();
    deposit(store, 'd2');
    await running.untilBefore(({ sequence }) => sequence === 3, isStuck);
    await running.stop();
    expect(checkpoint?.sequence).toBe(2);
    expect(running.progress?.repeated).toBe(0);
    told.push(...running.reports.filter(({ sequence }) => sequence === 2));
  });
  expect(await verify({ store, pool, definition: accounts, ...reading })).toMatchObject({
    outcome: 'equal',
    repeated: 0,
    applied: { events: 3 },
  });
  return told[0];
}

describe('a COMMIT that is lost', () => {
  it('after it was carried out is found in the checkpoint, and its batch is not applied again', async () => {
    const first = await afterLosing('answer_lost');
    // Under the next epoch: that it was carried out is read, and not assumed.
    expect(first).toMatchObject({ epoch: 2 });
  });

  it('before it was carried out is not found, and its batch is applied then', async () => {
    const first = await afterLosing('request_lost');
    expect(first).toMatchObject({ epoch: 2 });
  });

  it('and arrives after its batch was applied anew finds nothing to commit', async () => {
    const first = await afterLosing('request_late');
    expect(first).toMatchObject({ epoch: 2 });
  });
});
