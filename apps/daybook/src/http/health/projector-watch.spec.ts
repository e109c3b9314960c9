import { describe, expect, it } from 'vitest';
import { type ProjectorSighting, ProjectorWatch } from './projector-watch.js';

const stallSeconds = 30;
const at = (seconds: number) => ({ atMilliseconds: seconds * 1_000, wallMilliseconds: 0 });
const behind = {
  eventsBehind: 4,
  isExact: true,
  oldestRecordedAtMilliseconds: undefined,
  leaseMilliseconds: 5_000,
  silentMilliseconds: 0,
};
const caughtUp = { ...behind, eventsBehind: 0 };

function see(watch: ProjectorWatch, seconds: number, sighting: Partial<ProjectorSighting>) {
  return watch.see({ sequence: 7, ...behind, ...at(seconds), ...sighting });
}

describe('a projector behind the tail', () => {
  it('is no stall while it moves, however long the catch-up takes', () => {
    const watch = new ProjectorWatch(stallSeconds);
    for (let sequence = 0; sequence < 10; sequence += 1) {
      expect(see(watch, sequence * stallSeconds, { sequence, isExact: false })).toMatchObject({
        state: 'behind',
        sequence,
        eventsBehind: 4,
        eventsBehindIsExact: false,
        unchangedSeconds: 0,
      });
    }
  });

  it('has stalled once it stood still for the time allowed, heartbeat or not', () => {
    const watch = new ProjectorWatch(stallSeconds);
    expect(see(watch, 0, {}).state).toBe('behind');
    expect(see(watch, stallSeconds - 1, {}).state).toBe('behind');
    expect(see(watch, stallSeconds, {})).toMatchObject({
      state: 'stalled',
      unchangedSeconds: stallSeconds,
    });
  });

  it('that stands still while its replacement is built has not stalled before that has', () => {
    const watch = new ProjectorWatch(stallSeconds);
    const unheld = { leaseMilliseconds: -60_000 };
    for (let round = 0; round < 5; round += 1) {
      const sighting = { ...unheld, replacementSequence: round * 100 };
      expect(see(watch, round * stallSeconds, sighting).state).toBe('behind');
    }
    const stood = { ...unheld, replacementSequence: 400 };
    expect(see(watch, 5 * stallSeconds, stood).state).toBe('stalled');
    expect(see(watch, 5 * stallSeconds, unheld).state).toBe('not_held');
  });

  it('is as late as the oldest event it has not applied, else since it stands still', () => {
    const watch = new ProjectorWatch(stallSeconds);
    const recorded = { oldestRecordedAtMilliseconds: 40_000, wallMilliseconds: 100_000 };
    expect(see(watch, 0, recorded)).toMatchObject({
      secondsBehind: 60,
      secondsMeasuredFrom: 'oldest_unapplied_event',
    });
    expect(see(watch, 3, {})).toMatchObject({
      secondsBehind: 3,
      secondsMeasuredFrom: 'position_unchanged',
    });
  });
});

describe('a projector at the tail', () => {
  it('has caught up, and an idle time is not counted against what comes later', () => {
    const watch = new ProjectorWatch(stallSeconds);
    expect(see(watch, 0, caughtUp)).toMatchObject({
      state: 'caught_up',
      secondsBehind: 0,
      secondsMeasuredFrom: 'nothing_behind',
    });
    expect(see(watch, 10 * stallSeconds, {}).state).toBe('behind');
  });

  it('is frozen where its thread gives no sign of life, though nothing waits to be applied', () => {
    const watch = new ProjectorWatch(stallSeconds);
    expect(see(watch, 0, { ...caughtUp, silentMilliseconds: 9_999 }).state).toBe('caught_up');
    expect(see(watch, 1, { ...caughtUp, silentMilliseconds: 10_000 }).state).toBe('frozen');
  });

  it('is held by nobody where the lease has run out, whatever process it was', () => {
    const watch = new ProjectorWatch(stallSeconds);
    const elsewhere = { ...caughtUp, silentMilliseconds: undefined };
    expect(see(watch, 0, { ...elsewhere, leaseMilliseconds: -1 }).state).toBe('caught_up');
    expect(see(watch, 1, { ...elsewhere, leaseMilliseconds: -10_000 }).state).toBe('not_held');
    expect(see(watch, 2, { ...elsewhere, leaseMilliseconds: undefined }).state).toBe('caught_up');
  });
});
