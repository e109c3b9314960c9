import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DirectoryTarget } from './directory-target.js';
import { SealSchedule } from './seal-schedule.js';
import type { SealOutcome } from './seal-ledger.js';

const nothingNew = { outcome: 'nothing_new' } as SealOutcome;

function givenSchedule(places: readonly string[], seal: () => Promise<SealOutcome>) {
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  const sealed: string[] = [];
  const schedule = new SealSchedule({
    targets: places.map((place) => new DirectoryTarget(place)),
    intervalMinutes: 60,
    seal: ({ place }) => {
      sealed.push(place);
      return seal();
    },
    logger,
  });
  return { schedule, sealed, lines };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the schedule of seals', () => {
  it('seals at every target once an interval, and once more when it ends', async () => {
    const { schedule, sealed } = givenSchedule(['/a', '/b'], async () => nothingNew);
    schedule.start();
    await vi.advanceTimersByTimeAsync(59 * 60_000);
    expect(sealed).toEqual([]);
    await vi.advanceTimersByTimeAsync(61 * 60_000);
    expect(sealed).toEqual(['/a', '/b', '/a', '/b']);
    await schedule.stop();
    expect(sealed).toHaveLength(6);
    await vi.advanceTimersByTimeAsync(600 * 60_000);
    expect(sealed).toHaveLength(6);
  });

  it('goes on with the other target and with the next time where one fails', async () => {
    const { schedule, sealed, lines } = givenSchedule(['/a', '/b'], () =>
      Promise.reject(new Error('the disk is full')),
    );
    schedule.start();
    await vi.advanceTimersByTimeAsync(120 * 60_000);
    expect(sealed).toEqual(['/a', '/b', '/a', '/b']);
    expect(lines.join('')).toContain('No seal was published at /b: the disk is full');
  });

  it('says once where no target is configured, and does nothing', async () => {
    const { schedule, lines } = givenSchedule([], async () => nothingNew);
    schedule.start();
    await vi.advanceTimersByTimeAsync(600 * 60_000);
    await schedule.stop();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('No seal target is configured');
  });
});
