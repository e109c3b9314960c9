import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../fixtures/random.js';
import {
  compileProjector,
  killProjectors,
  KillableProjector,
  type ProjectorPlan,
  removeCompiled,
} from './killable-projector.js';
import { ProjectedAccounts } from './projected-accounts.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const seed = Number(process.env['DAYBOOK_SEED'] ?? Date.now() % 1_000_000);
const batchEventsMax = 2;
/** A few seconds where anything works; nothing here waits for a real lease. */
const caseMillisecondsMax = 60_000;
const moving = 'WITH moved AS';
const stopPoints = deep
  ? ['before BEGIN', `after ${moving}`, 'before COMMIT', 'after COMMIT']
  : ['before COMMIT'];
const takingPoints = deep
  ? ['before INSERT INTO projection_engine.checkpoint', 'before COMMIT', 'after COMMIT']
  : ['before COMMIT'];
/** Of the one that stops: over soon. It is alone until then, so nobody takes it from one that starves. */
const brief = { leaseMilliseconds: 700, renewMilliseconds: 100, pollMilliseconds: 50 };
/** Of the one that takes over: never over, so that the one that goes on cannot have it back. */
const lasting = { leaseMilliseconds: 600_000, renewMilliseconds: 5_000, pollMilliseconds: 50 };

let ledger: ProjectedAccounts;
let folder: string;

beforeAll(async () => {
  [ledger, folder] = await Promise.all([ProjectedAccounts.start(), compileProjector()]);
});
beforeEach(() => ledger.startOver());
afterEach(killProjectors);
afterAll(async () => {
  await ledger.stop();
  await removeCompiled(folder);
});

function start(plan: Partial<ProjectorPlan>): KillableProjector {
  const { eventStoreUrl, databaseUrl } = ledger;
  return new KillableProjector(folder, { eventStoreUrl, databaseUrl, batchEventsMax, ...plan });
}

describe('a projector stopped by SIGSTOP past its lease', () => {
  it.each(stopPoints)(
    'at the point %s writes nothing when it goes on, and waits',
    async (atName) => {
      const random = new Random(seed);
      await ledger.write(3, random);
      const afterSequence = ledger.written;
      const holder = start({ lease: brief, signal: 'SIGSTOP', atName, afterSequence });
      await holder.until(({ state, sequence }) => state === 'live' && sequence === afterSequence);
      await ledger.write(5, random);
      await holder.signalled;
      const successor = start({ lease: lasting });
      await successor.until(({ sequence }) => sequence === ledger.written);
      const reports = holder.reports.length;
      const before = await ledger.verified();
      holder.send('SIGCONT');
      const waiting = await holder.until(({ state }) => state === 'standby', reports);
      expect(waiting?.sequence).toBeLessThan(ledger.written);
      expect(await ledger.verified()).toEqual(before);
      expect(before).toMatchObject({ outcome: 'equal', applied: { events: ledger.written } });
      await ledger.write(3, random);
      await successor.until(({ sequence }) => sequence === ledger.written);
      expect(holder.last?.state).toBe('standby');
      expect(await ledger.verified()).toMatchObject({ outcome: 'equal', repeated: 0 });
    },
    caseMillisecondsMax,
  );
});

describe('a projector stopped by SIGSTOP while it takes the lease', () => {
  it.each(takingPoints)(
    'at the point %s holds up nobody',
    async (atName) => {
      await ledger.write(3, new Random(seed));
      const stopped = start({ lease: brief, signal: 'SIGSTOP', atName });
      await stopped.signalled;
      const successor = start({ lease: lasting });
      await successor.until(({ sequence }) => sequence === ledger.written);
      stopped.send('SIGCONT');
      await stopped.until(({ state }) => state === 'standby');
      expect(stopped.last?.committed).toBe(false);
      expect(await ledger.verified()).toMatchObject({
        outcome: 'equal',
        repeated: 0,
        applied: { events: ledger.written },
      });
    },
    caseMillisecondsMax,
  );
});
