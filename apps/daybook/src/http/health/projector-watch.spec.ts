import { describe, expect, it } from 'vitest';
import { ProjectorWatch, stallMilliseconds } from './projector-watch.js';

const at = (commit: number) => ({ commit: BigInt(commit), prepare: BigInt(commit) });

describe('a projector behind the tail', () => {
  it('is no stall while it moves, however long the catch-up takes', () => {
    const watch = new ProjectorWatch();
    for (let sequence = 0; sequence < 10; sequence += 1) {
      const sighting = { sequence, position: at(sequence), tail: at(1_000) };
      const health = watch.see({ ...sighting, atMilliseconds: sequence * stallMilliseconds });
      expect(health).toEqual({ state: 'behind', sequence, unchangedMilliseconds: 0 });
    }
  });

  it('has stalled once it stood still for the time allowed', () => {
    const watch = new ProjectorWatch();
    const sighting = { sequence: 7, position: at(70), tail: at(80) };
    expect(watch.see({ ...sighting, atMilliseconds: 0 }).state).toBe('behind');
    const almost = watch.see({ ...sighting, atMilliseconds: stallMilliseconds - 1 });
    expect(almost.state).toBe('behind');
    expect(watch.see({ ...sighting, atMilliseconds: stallMilliseconds })).toEqual({
      state: 'stalled',
      sequence: 7,
      unchangedMilliseconds: stallMilliseconds,
    });
  });

  it('is behind from the first event on that it has not applied', () => {
    const watch = new ProjectorWatch();
    const sighting = { sequence: 0, position: undefined, tail: at(1) };
    expect(watch.see({ ...sighting, atMilliseconds: 0 }).state).toBe('behind');
  });
});

describe('a projector at the tail', () => {
  it('has caught up, and an idle time is not counted against what comes later', () => {
    const watch = new ProjectorWatch();
    const idle = { sequence: 7, position: at(70), tail: at(70) };
    expect(watch.see({ ...idle, atMilliseconds: 0 }).state).toBe('caught_up');
    const later = { ...idle, tail: at(80), atMilliseconds: 10 * stallMilliseconds };
    expect(watch.see(later).state).toBe('behind');
  });
});
