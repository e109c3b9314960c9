import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { leafOf } from '#kernel';
import { euro, fact } from '../fixtures/facts.js';
import { rowsByOrder } from '../fixtures/indexed-fold.js';

const claim = leafOf('claim', ['dhl', 'truck']);
const wave = leafOf('fulfilment', ['wms', 'wave']);
const orderOf = (id: number): string => leafOf('order', ['shop', String(id)]);

/** An order whose work went over to a wave of all, and whose parcel is claimed with all others. */
function lostWithTheTruck(id: number): readonly AnyLedgerEvent[] {
  const order = orderOf(id);
  const shipment = leafOf('shipment', ['wms', String(id)]);
  const fulfilment = leafOf('fulfilment', ['wms', String(id)]);
  const lines = [{ order, orderLine: '1', qty: 1 }];
  const line = { line: '1', kind: 'goods' as const, sku: 'A', qty: 1, uom: 'each' };
  const claimed = { shipment, amount: euro(1_000), legalEntity: 'de01' };
  return [
    fact('OrderCaptured', order, {
      legalEntity: 'de01',
      currency: 'EUR',
      debtor: { kind: 'customer', id: String(id) },
      channel: 'web',
      lines: [{ ...line, gross: euro(1_000), discount: euro(0), taxes: [] }],
    }),
    fact('FulfilmentRequested', fulfilment, { node: 'dc1', lines }),
    fact('FulfilmentRerouted', fulfilment, {
      from: 'dc1',
      to: 'dc2',
      cause: 'late',
      movedTo: wave,
    }),
    fact('ShipmentDispatched', shipment, { kind: 'original', lines }),
    fact('ShipmentLost', shipment, { claim }),
    fact('CarrierClaimFiled', claim, { ...claimed, cause: 'lost' }),
    fact('CarrierClaimPaid', claim, { ...claimed, remittance: 'r1' }),
  ];
}

const accepted = fact('CarrierClaimAccepted', claim, { amount: euro(9_000), legalEntity: 'de01' });

function claimOver(shipments: number): readonly AnyLedgerEvent[] {
  const all = Array.from({ length: shipments }, (_, id) => lostWithTheTruck(id)).flat();
  return [...all, accepted];
}

/** The rows of one order and the CPU that folding everything took. */
function folded(events: readonly AnyLedgerEvent[]) {
  const before = process.cpuUsage();
  const rows = JSON.stringify(rowsByOrder(events).get(orderOf(0)), textOf);
  const { user, system } = process.cpuUsage(before);
  return { rows, cpuMilliseconds: (user + system) / 1_000 };
}

function textOf(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

describe('a claim over many shipments, and a wave that took over the work of many places', () => {
  it('leave the rows of one order as they are, however many others they are about', () => {
    const few = folded(claimOver(2));
    const many = folded(claimOver(500));
    expect(few.rows).toContain(accepted.eventId);
    expect(many.rows).toBe(few.rows);
    // Folded together, 200 of them took 14 seconds.
    expect(many.cpuMilliseconds).toBeLessThan(3_000);
  });
  it('are judged part by part: what is said of the whole is read, and what corrects it with it', () => {
    const { leaf, eventId, type } = accepted;
    const correctionOf = (target: AnyLedgerEvent, correction: string): AnyLedgerEvent =>
      fact('EventCorrected', claim, {
        target: { leaf: target.leaf, eventId: target.eventId, type: target.type },
        correction,
        reason: 'incorrect_data',
      });
    const annulled = correctionOf({ ...accepted, leaf, eventId, type } as AnyLedgerEvent, 'c1');
    const ofOther = correctionOf(lostWithTheTruck(1)[5]!, 'c2');
    const { rows } = folded([...claimOver(3), annulled, ofOther]);
    expect(rows).toContain('annulled');
    expect(rows).toContain(annulled.eventId);
    expect(rows).not.toContain(ofOther.eventId);
    expect(rows).not.toContain('correction_without_target');
  });
});
