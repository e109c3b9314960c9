import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { watchForStrayErrors } from '../../doubles/stray-errors.js';
import {
  compileBurstPrograms,
  killBurstProcesses,
  removeBurstPrograms,
} from './bursts/burst-process.js';
import { burstRun, type BurstPlan, type BurstReport } from './bursts/burst-run.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const bursts = deep ? 20 : 6;
const burstEvents = deep ? 5_000 : 500;
/** A gate shares its processors with others; the figure that is promised is the deep one. */
const lagMillisecondsMax = deep ? 1_000 : 20_000;
const throughputShareMin = 0.8;
const seed = Number(process.env['DAYBOOK_TEST_SEED'] ?? Date.now() % 1_000_000);
const events = bursts * burstEvents + 1;

let postgres: TemporaryPostgres;
let pool: pg.Pool;
let folder: string;

beforeAll(async () => {
  [postgres, folder] = await Promise.all([startTemporaryPostgres(), compileBurstPrograms()]);
  pool = openPool({ connectionString: postgres.connectionString });
});
afterEach(killBurstProcesses);
afterAll(async () => {
  await pool.end();
  await postgres.stop();
  await removeBurstPrograms(folder);
});

describe(`a projector on a node that ends every live subscription after 32 events (seed ${seed})`, () => {
  it(`applies ${bursts} bursts of ${burstEvents} events once each, at its pace and without noise`, async () => {
    const strayErrors = watchForStrayErrors();
    const hostile = await burstRun(pool, planOf(32));
    console.log(`subscriptions ended: ${figuresOf(hostile)}`);
    expectWhole(hostile);
    expect(hostile.abortedSubscriptions).toBeGreaterThanOrEqual(deep ? bursts : 1);
    // One line at once, and whatever else happened within the minute in one line at its end.
    const { notices, closingNotices, minutes } = hostile;
    expect(new Set(notices.map(({ code }) => code))).toEqual(new Set(['subscription_too_slow']));
    expect(notices.length).toBeLessThanOrEqual(Math.ceil(minutes));
    const counted = [...notices, ...closingNotices];
    expect(counted.reduce((sum, { occurrences }) => sum + occurrences, 0)).toBe(
      hostile.abortedSubscriptions,
    );
    expect(Math.max(...hostile.lagMilliseconds)).toBeLessThan(lagMillisecondsMax);
    if (deep) await expectThroughputOfCalm(hostile);
    expect(strayErrors()).toEqual([]);
  });
});

function planOf(liveEventsMax: BurstPlan['liveEventsMax']): BurstPlan {
  const databaseUrl = postgres.connectionString;
  return { folder, databaseUrl, bursts, burstEvents, liveEventsMax, seed };
}

function expectWhole(report: BurstReport): void {
  expect(report).toMatchObject({ applied: events, repeated: 0 });
  expect(report.verified).toMatchObject({ outcome: 'equal', applied: { events } });
}

/** The same run on a node that lets every subscription live. */
async function expectThroughputOfCalm(hostile: BurstReport): Promise<void> {
  const calm = await burstRun(pool, planOf('never'));
  console.log(`none ended: ${figuresOf(calm)}`);
  expectWhole(calm);
  expect(calm).toMatchObject({ abortedSubscriptions: 0, notices: [] });
  const share = hostile.eventsPerSecond / calm.eventsPerSecond;
  expect(share).toBeGreaterThanOrEqual(throughputShareMin);
}

function figuresOf(report: BurstReport): string {
  const { lagMilliseconds, eventsPerSecond, abortedSubscriptions } = report;
  const { projector, node } = report.cpuMicrosecondsAnEvent;
  return [
    `${Math.round(eventsPerSecond)} events/s`,
    `lag at most ${Math.round(Math.max(...lagMilliseconds))} ms`,
    `${abortedSubscriptions} subscriptions ended`,
    `CPU an event ${Math.round(projector)} µs of the projector and ${Math.round(node)} µs of the node`,
  ].join(', ');
}
