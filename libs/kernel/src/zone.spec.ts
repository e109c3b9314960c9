import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { comparableInstant, isDate, isInstant, localDate, localTime, readInstant } from './zone.js';

describe('reading a time', () => {
  it.each([
    ['2026-11-01T10:00:00Z', '2026-11-01T10:00:00.000Z'],
    ['2026-11-01t10:00:00z', '2026-11-01T10:00:00.000Z'],
    ['2026-11-01T10:00:00.123456789+02:00', '2026-11-01T08:00:00.123Z'],
    ['2026-11-01T10:00:00.5-0330', '2026-11-01T13:30:00.500Z'],
    ['2026-11-01 10:00+01:00', '2026-11-01T09:00:00.000Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00.000Z'],
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
  ])('takes %s for %s', (written, instant) => {
    expect(readInstant(written, undefined)).toBe(instant);
  });
  it.each([
    '',
    'yesterday',
    '2026-11-01',
    '2026-02-30T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-11-01T24:00:00Z',
    '2026-11-01T10:60:00Z',
    '2026-11-01T10:00:00+25:00',
    '2026-11-01T10:00:00+01:99',
    '0000-01-01T00:00:00+01:00',
    '+12026-11-01T10:00:00Z',
    '2026-11-01T10:00:00Z ',
  ])('takes %j for no time', (written) => {
    expect(readInstant(written, 'Europe/Berlin')).toBeUndefined();
  });
  it('asks for a zone where none is written', () => {
    expect(readInstant('2026-11-01T10:00:00', undefined)).toBeUndefined();
    expect(readInstant('2026-11-01T10:00:00', 'Europe/Berlin')).toBe('2026-11-01T09:00:00.000Z');
  });
  it('reads a skipped time with the offset before the change, a repeated one as the earlier', () => {
    expect(readInstant('2026-03-29T02:30:00', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(readInstant('2026-10-25T02:30:00', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  });
  it('reads a zone-less time alike at whatever season it is read', () => {
    vi.useFakeTimers();
    const readings = ['2026-01-15', '2026-07-15'].map((today) => {
      vi.setSystemTime(new Date(today));
      return ['2026-03-29T02:30:00', '2026-10-25T02:30:00', '2026-08-01T12:00:00'].map((text) =>
        readInstant(text, 'Europe/Berlin'),
      );
    });
    vi.useRealTimers();
    expect(readings[0]).toEqual(readings[1]);
  });
  it('gives one moment one text, whatever the offset it is written with', () => {
    const moments = fc.date({
      min: new Date('1990-01-02T00:00:00Z'),
      max: new Date('2200-12-30T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, fc.integer({ min: -14 * 60, max: 14 * 60 }), (moment, minutes) => {
        const local = new Date(moment.getTime() + minutes * 60_000).toISOString().slice(0, -1);
        const east = Math.abs(minutes);
        const clock = [Math.floor(east / 60), east % 60].map((part) => `${part}`.padStart(2, '0'));
        const written = `${local}${minutes < 0 ? '-' : '+'}${clock.join(':')}`;
        expect(readInstant(written, undefined)).toBe(moment.toISOString());
      }),
    );
  });
});

describe('telling what clocks show', () => {
  it('names the offset', () => {
    expect(localTime('2026-03-29T00:59:59.999Z', 'Europe/Berlin')).toBe(
      '2026-03-29T01:59:59+01:00',
    );
    expect(localTime('2026-03-29T01:00:00.000Z', 'Europe/Berlin')).toBe(
      '2026-03-29T03:00:00+02:00',
    );
    expect(localTime('2026-01-01T02:00:00.000Z', 'America/St_Johns')).toBe(
      '2025-12-31T22:30:00-03:30',
    );
    expect(localTime('2026-01-01T02:00:00.000Z', 'UTC')).toBe('2026-01-01T02:00:00+00:00');
  });

  it('is read back as the instant it was told of', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Etc/GMT+12'];
    const instants = fc.date({
      min: new Date('1975-01-02T00:00:00Z'),
      max: new Date('2090-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (date, zone) => {
        const instant = `${date.toISOString().slice(0, 19)}.000Z`;
        expect(readInstant(localTime(instant, zone), undefined)).toBe(instant);
        expect(localTime(instant, zone).slice(0, 10)).toBe(localDate(instant, zone));
      }),
    );
  });
});

describe('the forms of a time', () => {
  it('knows the days there are', () => {
    expect(['2026-02-28', '2024-02-29'].every(isDate)).toBe(true);
    expect(['2026-02-29', '2026-2-1', '2026-02-28T00:00:00.000Z'].some(isDate)).toBe(false);
  });
  it('knows the instants there are', () => {
    expect(isInstant('2026-02-28T23:59:59.999Z')).toBe(true);
    expect(['2026-02-30T00:00:00.000Z', '2026-02-28T00:00:00Z', '2026-02-28'].some(isInstant)).toBe(
      false,
    );
  });
});

describe('comparing times', () => {
  const unbounded = { notBefore: null, notAfter: null };
  it('counts a day from its first instant in the zone, also where midnight is skipped', () => {
    const day = (occurredAt: string) => ({ ...unbounded, occurredAt, precision: 'date' as const });
    expect(comparableInstant(day('2026-07-01'), 'Europe/Berlin')).toBe('2026-06-30T22:00:00.000Z');
    expect(comparableInstant(day('2018-11-04'), 'America/Sao_Paulo')).toBe(
      '2018-11-04T03:00:00.000Z',
    );
    expect(comparableInstant(day('2026-11-01'), 'America/Havana')).toBe('2026-11-01T04:00:00.000Z');
  });
  it('counts a minute from its first instant', () => {
    const occurredAt = '2026-07-01T10:00:37.500Z';
    expect(comparableInstant({ ...unbounded, occurredAt, precision: 'minute' }, 'UTC')).toBe(
      '2026-07-01T10:00:00.000Z',
    );
    expect(comparableInstant({ ...unbounded, occurredAt, precision: 'instant' }, 'UTC')).toBe(
      occurredAt,
    );
  });
  it('compares nothing with what is unknown', () => {
    const unknown = { ...unbounded, occurredAt: null, precision: 'unknown' as const };
    expect(comparableInstant(unknown, 'UTC')).toBeNull();
  });
  it('gives the local day of an instant', () => {
    expect(localDate('2026-06-30T22:00:00.000Z', 'Europe/Berlin')).toBe('2026-07-01');
    expect(localDate('2026-06-30T22:00:00.000Z', 'UTC')).toBe('2026-06-30');
  });
});
