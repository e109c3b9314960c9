import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { leafOf } from '#kernel';
import { euro, fact } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';

const claim = leafOf('claim', ['dhl', 'truck']);
const orderOf = (id: string): string => leafOf('order', ['shop', id]);
const shipmentOf = (id: string): string => leafOf('shipment', ['wms', id]);

/** An order of one unit whose parcel was on a truck that burnt, all of which is claimed at once. */
function lostWithTheTruck(id: string): readonly AnyLedgerEvent[] {
  const goods = { line: '1', kind: 'goods' as const, sku: 'A', qty: 1, uom: 'each' };
  const line = { ...goods, gross: euro(1_000), discount: euro(0), taxes: [] };
  return [
    fact('OrderCaptured', orderOf(id), {
      legalEntity: 'de01',
      currency: 'EUR',
      debtor: { kind: 'customer', id },
      channel: 'web',
      lines: [line],
    }),
    fact(
      'ShipmentDispatched',
      shipmentOf(id),
      { kind: 'original', lines: [{ order: orderOf(id), orderLine: '1', qty: 1 }] },
      { account: 'wms', at: '2026-03-03T10:00:00.000Z' },
    ),
    fact(
      'ShipmentLost',
      shipmentOf(id),
      { claim },
      { account: 'dhl', at: '2026-03-05T10:00:00.000Z' },
    ),
  ];
}

describe('parcels that are claimed together', () => {
  const found = fact(
    'ShipmentDelivered',
    shipmentOf('2'),
    {},
    { account: 'dhl', at: '2026-03-06T10:00:00.000Z' },
  );
  const tables = fullFold([...lostWithTheTruck('1'), ...lostWithTheTruck('2'), found]);

  it('are shown each with its own order alone', () => {
    const shown = [...(tables.get('order_timeline.entry')?.values() ?? [])]
      .filter(([subject]) => subject === orderOf('1'))
      .flatMap((row) => row.filter((value) => value === shipmentOf('2')));
    expect(shown).toEqual([]);
  });
  it('leave the order of one as it is when the other turns up', () => {
    const statuses = [...(tables.get('order_timeline.order_header')?.values() ?? [])].map(
      ([order, , , status]) => [order, status],
    );
    expect(Object.fromEntries(statuses)).toEqual({
      [orderOf('1')]: 'dispatched',
      [orderOf('2')]: 'delivered',
    });
  });
});
