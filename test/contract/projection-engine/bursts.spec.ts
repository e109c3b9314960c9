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
    const calm = await burstRun(pool, { bursts, burstEvents, liveEventsMax: 'never', seed });
    console.log(`aborted: ${figuresOf(hostile)}\nnot aborted: ${figuresOf(calm)}`);

    for (const report of [hostile, calm]) {
      expect(report).toMatchObject({ applied: events, repeated: 0 });
      expect(report.verified).toMatchObject({ outcome: 'equal', applied: { events } });
    }
    expect(hostile.abortedSubscriptions).toBeGreaterThanOrEqual(deep ? bursts : 1);
    expect(calm.abortedSubscriptions).toBe(0);
    // One line at once, and whatever else happened within the minute in one line at its end.
    const minutes = Math.ceil(hostile.minutes);
    expect(hostile.notices.map(({ code }) => code)).toEqual(
      Array.from({ length: hostile.notices.length }, () => 'subscription_too_slow'),
    );
    expect(hostile.notices.length).toBeLessThanOrEqual(minutes);
    const counted = [...hostile.notices, ...hostile.closingNotices];
    expect(counted.reduce((sum, { occurrences }) => sum + occurrences, 0)).toBe(
      hostile.abortedSubscriptions,
    );
    expect(calm.notices).toEqual([]);
    expect(Math.max(...hostile.lagMilliseconds)).toBeLessThan(lagMillisecondsMax);
    if (deep) {
      expect(hostile.eventsPerSecond / calm.eventsPerSecond).toBeGreaterThanOrEqual(
        throughputShareMin,
      );
    }
    expect(strayErrors()).toEqual([]);
  });
});

function figuresOf({
  lagMilliseconds,
  eventsPerSecond,
  abortedSubscriptions,
}: BurstReport): string {
  const greatest = Math.round(Math.max(...lagMilliseconds));
  return `${Math.round(eventsPerSecond)} events/s, lag at most ${greatest} ms, ${abortedSubscriptions} subscriptions ended`;
}
