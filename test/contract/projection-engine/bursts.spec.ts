import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { watchForStrayErrors } from '../../doubles/stray-errors.js';
import { burstRun, type BurstReport } from './burst-run.js';
import { endRuns } from './running.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const bursts = deep ? 20 : 10;
const burstEvents = deep ? 5_000 : 500;
/** A gate shares its processors with others; the figure that is promised is the deep one. */
const lagMillisecondsMax = deep ? 1_000 : 5_000;
const throughputShareMin = 0.8;
const seed = Number(process.env['DAYBOOK_TEST_SEED'] ?? Date.now() % 1_000_000);
const events = bursts * burstEvents + 1;

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

describe(`a projector on a node that ends every live subscription after 32 events (seed ${seed})`, () => {
  it(`applies ${bursts} bursts of ${burstEvents} events once each, at its pace and without noise`, async () => {
    const strayErrors = watchForStrayErrors();
    const hostile = await burstRun(pool, { bursts, burstEvents, liveEventsMax: 32, seed });
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

function expectWhole(report: BurstReport): void {
  expect(report).toMatchObject({ applied: events, repeated: 0 });
  expect(report.verified).toMatchObject({ outcome: 'equal', applied: { events } });
}

/** The same run on a node that lets every subscription live. */
async function expectThroughputOfCalm(hostile: BurstReport): Promise<void> {
  const calm = await burstRun(pool, { bursts, burstEvents, liveEventsMax: 'never', seed });
  console.log(`none ended: ${figuresOf(calm)}`);
  expectWhole(calm);
  expect(calm).toMatchObject({ abortedSubscriptions: 0, notices: [] });
  const share = hostile.eventsPerSecond / calm.eventsPerSecond;
  expect(share).toBeGreaterThanOrEqual(throughputShareMin);
}

function figuresOf({
  lagMilliseconds,
  eventsPerSecond,
  abortedSubscriptions,
}: BurstReport): string {
  const greatest = Math.round(Math.max(...lagMilliseconds));
  return `${Math.round(eventsPerSecond)} events/s, lag at most ${greatest} ms, ${abortedSubscriptions} subscriptions ended`;
}
