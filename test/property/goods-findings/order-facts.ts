import type { AnyLedgerEvent, EventData, EventType } from '#events';
import { euro, fact } from '../../fixtures/facts.js';

export const order = 'order-shop:1';
export const owner = { kind: 'legal_entity', id: 'de01' };
export const units = (qty: number) => ({ qty, uom: 'each' });
export const line = (qty: number) => ({ order, orderLine: 'A', qty });

export function at(day: number): { readonly at: string } {
  return { at: `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z` };
}

/** A fact on a leaf, told by whoever issued its id. */
export function told<Type extends EventType>(
  type: Type,
  leaf: string,
  data: EventData<Type>,
  day = 2,
): AnyLedgerEvent {
  const account = /^[a-zA-Z]+-([^:]+)/.exec(leaf)?.[1] ?? 'shop';
  return fact(type, leaf, data, { account, ...at(day) });
}

export function withdrawn(target: AnyLedgerEvent): AnyLedgerEvent {
  const { leaf, eventId, type, account } = target;
  return fact(
    'EventCorrected',
    leaf,
    { target: { leaf, eventId, type }, correction: 'c1', reason: 'did_not_occur' },
    { account, ...at(28) },
  );
}

export const captured = told('OrderCaptured', order, {
  legalEntity: 'de01',
  currency: 'EUR',
  debtor: { kind: 'customer', id: 'c1' },
  channel: 'web',
  lines: [
    {
      line: 'A',
      kind: 'goods',
      sku: 'mug',
      ...units(2),
      gross: euro(2_000),
      discount: euro(0),
      taxes: [],
    },
  ],
});
export const stock = 'inventory-mug:store';
export const allocation = { authority: 'oms', allocation: 'al', line: '1' };
export const allocated = (day: number, qty = 2) =>
  told(
    'StockAllocated',
    stock,
    { ...allocation, order, orderLine: 'A', owner, ...units(qty) },
    day,
  );
export const deallocated = (qty: number) =>
  told('StockDeallocated', stock, { ...allocation, deallocation: 'd', ...units(qty) }, 9);
export const cancelled = (qty: number) =>
  told('OrderLineCancelled', order, { line: 'A', qty, cancellation: 'x' }, 9);

export const pickup = 'pickup-pos:7';
export const task = told('PickupTaskCreated', pickup, { node: 'store', lines: [line(2)] });
export const ready = told('PickupReady', pickup, {}, 4);
export const collected = told('PickupCompleted', pickup, { lines: [line(2)] }, 6);

export const shipment = 'shipment-wms:1';
export const parcel = { carrier: 'dhl', tracking: 'T1' };
export const dispatched = told(
  'ShipmentDispatched',
  shipment,
  { kind: 'original', lines: [line(2)], trackings: [parcel] },
  3,
);
export const delivered = told('ShipmentDelivered', shipment, parcel, 5);
export const lost = told('ShipmentLost', shipment, parcel, 8);
export const sentBack = told('ShipmentReturnedToSender', shipment, parcel, 9);
export const voided = (tracking: string) => told('ShipmentVoided', shipment, { tracking }, 4);

export const work = 'fulfilment-oms:1';
export const otherWork = 'fulfilment-oms:2';
export const requested = (leaf: string, node: string, day = 2) =>
  told('FulfilmentRequested', leaf, { node, lines: [line(2)] }, day);
export const accepted = told('FulfilmentAccepted', work, {}, 4);
export const rejected = (day = 3) => told('FulfilmentRejected', work, { reason: 'closed' }, day);
export const rerouted = told(
  'FulfilmentRerouted',
  work,
  { from: 'store', to: 'dc1', cause: 'rejected' },
  4,
);
export const picked = (qty: number, day = 5) =>
  told('ItemsPicked', work, { lines: [line(qty)], picking: `p${day}` }, day);
export const packed = (qty: number) =>
  told('ItemsPacked', work, { lines: [line(qty)], carton: 'k' }, 6);
export const shortPicked = told('ItemShortPicked', work, {
  ...line(1),
  sku: 'mug',
  node: 'store',
  reason: 'not_found',
});

export const back = 'return-shop:1';
export const returnAsked = told('ReturnRequested', back, { lines: [line(1)] }, 7);
export const declined = told('ReturnDeclined', back, { reason: 'too_late' }, 8);
export const expired = told('ReturnExpired', back, {}, 8);
export const authorized = told('ReturnAuthorized', back, {}, 9);
export const cameBack = (
  qty: number,
  more: { readonly sku?: string; readonly receipt?: string } = {},
) =>
  told(
    'ReturnReceived',
    back,
    { node: 'store', receipt: 'r', line: '1', sku: 'mug', ...line(qty), ...more },
    10,
  );
export const restocked = (qty: number) =>
  told(
    'ReturnItemDisposed',
    back,
    { disposal: 'd', line: '1', sku: 'mug', ...line(qty), disposition: 'restocked' },
    12,
  );
