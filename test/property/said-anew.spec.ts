import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { euro, fact } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';
import { whatCounts } from '../fixtures/what-counts.js';

const order = 'order-shop:1';
const other = 'order-shop:2';
const payment = 'payment-psp:1';
const on = (day: number) => ({ account: 'shop', at: `2026-03-0${day}T10:00:00.000Z` });

const paid = fact(
  'PaymentCaptured',
  payment,
  { tender: 'card', amount: euro(500), legalEntity: 'de01', capture: 'c', orderRefs: null },
  { account: 'psp', at: '2026-03-06T10:00:00.000Z' },
);
const tie = (reference: string, day: number, minor?: number): AnyLedgerEvent =>
  fact(
    'ExternalReferenceAttached',
    payment,
    {
      object: payment,
      referenceType: 'order',
      reference,
      ...(minor === undefined ? {} : { amount: euro(minor) }),
    },
    on(day),
  );
const undone = (reference: string, day: number): AnyLedgerEvent =>
  fact(
    'ExternalReferenceDetached',
    payment,
    { object: payment, referenceType: 'order', reference },
    on(day),
  );
const corrected = ({ leaf, eventId, type }: AnyLedgerEvent, correction: string): AnyLedgerEvent =>
  fact(
    'EventCorrected',
    leaf,
    { target: { leaf, eventId, type }, correction, reason: 'incorrect_data' },
    on(5),
  );

function contradictions(events: readonly AnyLedgerEvent[]): number {
  return [...(fullFold(events).get('order_timeline.finding')?.values() ?? [])].filter(
    ([, code]) => code === 'source_contradicts_itself',
  ).length;
}

describe('a tie that its source tells again', () => {
  it('after it was undone is made again, and contradicts nothing', () => {
    const again = [tie(order, 1), undone(order, 2), tie(order, 3), paid];
    expect(contradictions(again)).toBe(0);
    expect(whatCounts(again)).toBe(whatCounts([tie(order, 3), paid]));
    expect(whatCounts([...again].reverse())).toBe(whatCounts(again));
    expect(whatCounts(again)).not.toBe(whatCounts([tie(order, 1), undone(order, 2), paid]));
  });
  it('after it was corrected to another and back counts as told last', () => {
    const [first, wrong, last] = [tie(order, 1), tie(other, 2), tie(order, 3)];
    const history = [first, corrected(first, '1'), wrong, corrected(wrong, '2'), last, paid];
    expect(contradictions(history)).toBe(0);
    expect(whatCounts(history)).toBe(whatCounts([last, paid]));
  });
  it('with another amount holds with the last, and at one instant contradicts itself', () => {
    expect(contradictions([tie(order, 1, 300), tie(order, 2, 500), paid])).toBe(0);
    expect(whatCounts([tie(order, 1, 300), tie(order, 2, 500), paid])).toBe(
      whatCounts([tie(order, 2, 500), paid]),
    );
    expect(contradictions([tie(order, 1, 300), tie(order, 1, 500), paid])).toBe(1);
  });
  it('of two shipments joins them again', () => {
    const [left, right] = ['shipment-wms:1', 'shipment-dhl:1'];
    const tied = (day: number) =>
      fact(
        'ExternalReferenceAttached',
        right,
        { object: right, referenceType: 'shipment', reference: left },
        on(day),
      );
    const parted = fact(
      'ExternalReferenceDetached',
      right,
      { object: right, referenceType: 'shipment', reference: left },
      on(2),
    );
    const sent = fact('ShipmentDispatched', left, {
      kind: 'original',
      lines: [{ order, orderLine: '1', qty: 1 }],
    });
    const arrived = fact('ShipmentDelivered', right, {}, on(4));
    const history = [sent, tied(1), parted, tied(3), arrived];
    expect(contradictions(history)).toBe(0);
    expect(whatCounts(history)).toBe(whatCounts([sent, tied(3), arrived]));
  });
});

describe('a register that its source sets anew', () => {
  const safety = (qty: number, day: number): AnyLedgerEvent =>
    fact(
      'SafetyStockSet',
      'inventory-A:dc1',
      { owner: { kind: 'legal_entity', id: 'de01' }, uom: 'each', qty, policyVersion: 'v1' },
      on(day),
    );
  it('holds what was set last, and contradicts nothing', () => {
    expect(contradictions([safety(3, 1), safety(5, 2)])).toBe(0);
    expect(whatCounts([safety(5, 2), safety(3, 1)])).toBe(whatCounts([safety(5, 2)]));
    expect(contradictions([safety(3, 1), safety(5, 1)])).toBe(1);
  });
});
