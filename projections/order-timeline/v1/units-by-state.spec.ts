import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitsByState } from './units-by-state.js';

const none = {
  ordered: '0',
  cancelled: '0',
  dispatched: '0',
  pickedUp: '0',
  delivered: '0',
  returned: '0',
  allocated: '0',
  backordered: '0',
  released: '0',
  picked: '0',
  packed: '0',
  readyForPickup: '0',
};

const told = (counts: Partial<typeof none>) =>
  unitsByState({ ...none, ...counts })
    .map(({ state, qty }) => `${qty} ${state}`)
    .join(', ');

describe('the units of a line', () => {
  it.each([
    ['that nothing was done for are ordered', { ordered: '3' }, '3 ordered'],
    [
      'of a split shipment are told apart',
      { ordered: '5', cancelled: '1', dispatched: '3', delivered: '2', allocated: '1' },
      '1 reserved, 1 dispatched, 2 delivered, 1 cancelled',
    ],
    [
      'are where they got furthest, though every step before is counted too',
      { ordered: '4', allocated: '4', released: '4', picked: '3', packed: '1' },
      '1 released, 2 picked, 1 packed',
    ],
    [
      'that were picked and sent are sent',
      { ordered: '2', released: '2', picked: '2', packed: '2', dispatched: '2' },
      '2 dispatched',
    ],
    [
      'that a customer took along are no parcel',
      { ordered: '3', pickedUp: '2', delivered: '2', readyForPickup: '1', returned: '1' },
      '1 ready_for_pickup, 1 picked_up, 1 returned',
    ],
    [
      'that wait for stock say so',
      { ordered: '2', allocated: '1', backordered: '1' },
      '1 backordered, 1 reserved',
    ],
  ])('%s', (_title, counts, expected) => {
    expect(told(counts)).toBe(expected);
  });

  it('add up to what was ordered, whatever the counts say', () => {
    const count = fc.nat(9).map(String);
    const counts = fc.record(
      Object.fromEntries(Object.keys(none).map((name) => [name, count])) as Record<
        keyof typeof none,
        typeof count
      >,
    );
    fc.assert(
      fc.property(counts, (drawn) => {
        // Never more is cancelled than was ordered: the line itself sees to that.
        const cancelled = String(Math.min(Number(drawn.cancelled), Number(drawn.ordered)));
        const units = unitsByState({ ...drawn, cancelled });
        expect(units.reduce((sum, { qty }) => sum + qty, 0)).toBe(Number(drawn.ordered));
        expect(units.every(({ qty }) => qty > 0)).toBe(true);
      }),
    );
  });
});
