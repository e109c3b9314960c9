import { describe, expect, it } from 'vitest';
import { risksOf } from './risks.js';

const open: Parameters<typeof risksOf>[0] = {
  status: 'dispatched',
  promised: '2026-03-05',
  deliveredAt: null,
  pickDueAt: null,
  pickupExpiresAt: null,
  authorizationExpiresAt: null,
  stockExpectedAt: null,
  refundExpectedAt: null,
  evidenceDueAt: null,
  exceptionDueAt: null,
};

const risks = (header: typeof open, asOf: string) => risksOf(header, asOf).map(({ risk }) => risk);

describe('a promise', () => {
  it.each([
    ['2026-03-03T23:59:59.998Z', []],
    ['2026-03-04T00:00:00.000Z', ['promise_at_risk']],
    ['2026-03-05T23:59:59.999Z', ['promise_at_risk']],
    ['2026-03-06T00:00:00.000Z', ['promise_broken']],
  ])('of a day is told by the clock: at %s %j', (asOf, expected) => {
    expect(risks(open, asOf)).toEqual(expected);
  });

  it('of an instant is broken the moment it has passed', () => {
    const promised = '2026-03-05T12:00:00.000Z';
    expect(risks({ ...open, promised }, '2026-03-05T12:00:00.000Z')).toEqual(['promise_at_risk']);
    expect(risks({ ...open, promised }, '2026-03-05T12:00:00.001Z')).toEqual(['promise_broken']);
  });

  it('of what has arrived was kept or missed, whatever the clock says', () => {
    const arrived = { ...open, status: 'delivered' };
    const late = '2026-03-06T08:00:00.000Z';
    expect(risks({ ...arrived, deliveredAt: late }, '2027-01-01T00:00:00.000Z')).toEqual([
      'promise_missed',
    ]);
    const inTime = '2026-03-05T08:00:00.000Z';
    expect(risks({ ...arrived, deliveredAt: inTime }, '2027-01-01T00:00:00.000Z')).toEqual([]);
  });

  it('of a cancelled order is nothing any more', () => {
    expect(risks({ ...open, status: 'cancelled' }, '2027-01-01T00:00:00.000Z')).toEqual([]);
  });
});

describe('another date', () => {
  it('is due soon, and overdue behind it', () => {
    const disputed = { ...open, promised: null, evidenceDueAt: '2026-05-12' };
    expect(risks(disputed, '2026-05-01T00:00:00.000Z')).toEqual([]);
    expect(risks(disputed, '2026-05-11T09:00:00.000Z')).toEqual(['evidence_due_soon']);
    expect(risks(disputed, '2026-05-13T00:00:00.000Z')).toEqual(['evidence_overdue']);
  });
});
