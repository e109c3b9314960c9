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
const stopPoints = [
  'before BEGIN',
  'before UPDATE projection_engine.checkpoint SET',
  'before COMMIT',
];
const seed = Number(process.env['DAYBOOK_SEED'] ?? Date.now() % 1_000_000);
const killsInGate = 12;
const batchEventsMax = 2;

let ledger: ProjectedAccounts;
let folder: string;

beforeAll(async () => {
  [ledger, folder] = await Promise.all([ProjectedAccounts.start(), compileProjector()]);
});
beforeEach(() => ledger.emptyTables());
afterEach(killProjectors);
afterAll(async () => {
  await ledger.stop();
  await removeCompiled(folder);
});

function start(plan: Partial<ProjectorPlan> = {}): KillableProjector {
  const { eventStoreUrl, databaseUrl } = ledger;
  return new KillableProjector(folder, { eventStoreUrl, databaseUrl, batchEventsMax, ...plan });
}

describe(`a projector killed at a point where it waits (seed ${seed})`, () => {
  it(`leaves every event’s effect exactly once, ${deep ? 'at each point' : 'at a dozen of them'}`, async () => {
    const random = new Random(seed);
    const calm = { leaseMilliseconds: 5_000, renewMilliseconds: 60_000, pollMilliseconds: 20 };
    await ledger.write(5, random);
    const whole = start({ lease: calm });
    const live = await whole.until(
      ({ state, sequence }) => state === 'live' && sequence === ledger.written,
    );
    await whole.stop();
    const pointsTotal = live?.points ?? 0;
    const stride = deep ? 1 : Math.ceil((2 * pointsTotal) / killsInGate);
    const killedAt: number[] = [];
    for (let atPoint = deep ? 1 : random.between(1, stride); ; atPoint += stride) {
      await ledger.write(4, random);
      const projector = start({ lease: calm, signal: 'SIGKILL', atPoint });
      const done = await projector.until(
        ({ state, sequence }) => state === 'live' && sequence === ledger.written,
      );
      const wasKilled = projector.hasEnded;
      await projector.stop();
      expect(await ledger.verified(), `killed at ${atPoint}`).toMatchObject({ outcome: 'equal' });
      expect(projector.last?.repeated ?? 0).toBe(0);
      if (!wasKilled && done) break;
      killedAt.push(atPoint);
    }
    console.log(`${pointsTotal} points where the loop waits; killed at ${killedAt.join(', ')}`);
    expect(killedAt.length).toBeGreaterThanOrEqual(deep ? 80 : 8);
    expect(await ledger.verified()).toMatchObject({
      outcome: 'equal',
      applied: { events: ledger.written },
    });
  });
});

describe('a projector stopped by SIGSTOP past its lease', () => {
  it.runIf(deep).each(stopPoints)(
    // Processes that starve for seconds lose their leases rightly: only a calm machine can judge this.
    'at the point %s writes nothing when it goes on, and waits',
    async (atName) => {
      const random = new Random(seed);
      const lease = { leaseMilliseconds: 3_000, renewMilliseconds: 500, pollMilliseconds: 50 };
      await ledger.write(3, random);
      const afterSequence = ledger.written;
      const holder = start({ lease, signal: 'SIGSTOP', atName, afterSequence });
      await holder.until(({ state, sequence }) => state === 'live' && sequence === ledger.written);
      const standby = start({ lease });
      await standby.until(({ state }) => state === 'standby');
      await ledger.write(5, random);
      await standby.until(({ sequence }) => sequence === ledger.written);
      const reports = holder.reports.length;
      const before = await ledger.verified();
      holder.send('SIGCONT');
      const waiting = await holder.until(({ state }) => state === 'standby', reports);
      expect(waiting?.sequence).toBeLessThan(ledger.written);
      expect(await ledger.verified()).toEqual(before);
      expect(before).toMatchObject({ outcome: 'equal', applied: { events: ledger.written } });
      await ledger.write(3, random);
      await standby.until(({ sequence }) => sequence === ledger.written);
      expect(holder.last?.state).toBe('standby');
      expect(await ledger.verified()).toMatchObject({ outcome: 'equal' });
    },
  );
});
