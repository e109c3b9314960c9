import { describe, expect, it } from 'vitest';
import { type AnyLedgerEvent, type EventData, type EventType, factIdOf } from '#events';
import { streamEventsFold } from '../stream-events.js';
import { resolveVariance } from './variance-decision.js';

const fold = streamEventsFold({ accounts: {}, legalEntities: {}, authority: [] });
const leaf = 'transfer-erp:t1';
const item = { line: '1', sku: 'mug', uom: 'each' };

type Told = readonly ((revision: number) => AnyLedgerEvent)[];

/** The events of a transfer's stream, each at its revision. */
function stream(...told: Told) {
  return told.reduce((state, each, index) => fold.evolve(state, each(index)), fold.initial());
}

function event<Type extends EventType>(type: Type, data: EventData<Type>) {
  return (revision: number): AnyLedgerEvent => {
    const kind = type === 'TransferVarianceResolved' ? 'decision' : 'fact';
    const occurredAt = `2026-03-01T10:00:0${revision}.000Z`;
    const occurrence = { occurredAt, precision: 'instant', notBefore: null, notAfter: null };
    const parts = { type, leaf, kind, account: 'erp', occurrence, version: null, data };
    const known = { ...parts, transaction: null } as unknown as Parameters<typeof factIdOf>[0];
    const arrival = { recordedAt: '', recordedBy: '', deliveryDigest: '', revision, sequence: 0 };
    return { ...known, eventId: factIdOf(known), arrival } as unknown as AnyLedgerEvent;
  };
}

const sent = event('TransferShipped', { ...item, shipment: 's1', qty: 10 });
const counted = (receipt: string, qty: number) =>
  event('TransferReceived', { ...item, receipt, qty });
const settled = (
  found: number,
  lost: number,
  more: Partial<typeof item> = {},
  resolution = 'r',
) => ({
  ...item,
  resolution,
  found,
  lost,
  misshipped: 0,
  approval: 'approval-daybook:ap1',
  ...more,
});
const settledEvent = (found: number, lost: number, resolution: string) =>
  event('TransferVarianceResolved', settled(found, lost, {}, resolution));

const left = (...told: Told): unknown => {
  const result = resolveVariance(settled(0, 1_000))(stream(...told));
  return result.outcome === 'refused' ? result.details?.['left'] : result;
};

describe('settling what a transfer lacks', () => {
  it('takes as many units as are missing and no more', () => {
    const known = stream(sent, counted('c1', 8));
    expect(resolveVariance(settled(1, 1))(known)).toMatchObject({ outcome: 'accepted' });
    expect(resolveVariance(settled(1, 2))(known)).toMatchObject({
      code: 'variance_exceeded',
      details: { requested: '3', left: '2' },
    });
  });
  it('counts found units once, whether they are counted before or behind their settlement', () => {
    expect(left(sent, counted('c1', 8), settledEvent(1, 0, 'a'))).toBe('1');
    expect(left(sent, counted('c1', 8), settledEvent(1, 0, 'a'), counted('c2', 1))).toBe('1');
    expect(left(sent, counted('c1', 8), counted('c2', 1))).toBe('1');
    expect(left(sent, counted('c1', 8), settledEvent(0, 2, 'a'))).toBe('0');
  });
  it.each([
    ['transfer_line_unknown', settled(1, 0, { line: '2' })],
    ['transfer_item_differs', settled(1, 0, { sku: 'cup' })],
    ['transfer_item_differs', settled(1, 0, { uom: 'box' })],
    ['variance_resolution_exists', settled(1, 0, {}, 'a')],
  ])('is refused as %s', (code, request) => {
    const known = stream(sent, counted('c1', 5), settledEvent(1, 0, 'a'));
    expect(resolveVariance(request)(known)).toMatchObject({ outcome: 'refused', code });
  });
});
