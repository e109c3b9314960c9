import type { EventDefinition } from './event-definition.js';
import type { LedgerEvent, NewEvent } from './envelope.js';
import { shipmentDelivered } from './fulfilment/shipment-delivered.js';
import { shipmentDispatched } from './fulfilment/shipment-dispatched.js';
import { shipmentScanned } from './fulfilment/shipment-scanned.js';
import { itemCostSet } from './inventory/item-cost-set.js';
import { stockAllocated } from './inventory/stock-allocated.js';
import { stockDeallocated } from './inventory/stock-deallocated.js';
import { stockIssued } from './inventory/stock-issued.js';
import { stockReceived } from './inventory/stock-received.js';
import { erasureCompleted } from './ledger/erasure-completed.js';
import { erasureDeferred } from './ledger/erasure-deferred.js';
import { erasureRequested } from './ledger/erasure-requested.js';
import { eventCorrected } from './ledger/event-corrected.js';
import { ledgerOpened } from './ledger/ledger-opened.js';
import { sealPublished } from './ledger/seal-published.js';
import { subjectKeyDestroyed } from './ledger/subject-key-destroyed.js';
import { creditGranted } from './orders/credit-granted.js';
import { externalReferenceAttached } from './orders/external-reference-attached.js';
import { orderCancelled } from './orders/order-cancelled.js';
import { orderCaptured } from './orders/order-captured.js';
import { orderLineCancelled } from './orders/order-line-cancelled.js';
import { promiseDateSet } from './orders/promise-date-set.js';
import { paymentAuthorized } from './payments/payment-authorized.js';
import { paymentCaptured } from './payments/payment-captured.js';
import { refundIssued } from './payments/refund-issued.js';
import { returnReceived } from './returns/return-received.js';

/** Every event class of the catalogue. A new one is its file and its line here. */
const catalogue = {
  LedgerOpened: ledgerOpened,
  OrderCaptured: orderCaptured,
  OrderCancelled: orderCancelled,
  OrderLineCancelled: orderLineCancelled,
  PromiseDateSet: promiseDateSet,
  CreditGranted: creditGranted,
  PaymentAuthorized: paymentAuthorized,
  PaymentCaptured: paymentCaptured,
  RefundIssued: refundIssued,
  ItemCostSet: itemCostSet,
  StockReceived: stockReceived,
  StockAllocated: stockAllocated,
  StockDeallocated: stockDeallocated,
  StockIssued: stockIssued,
  ShipmentDispatched: shipmentDispatched,
  ShipmentScanned: shipmentScanned,
  ShipmentDelivered: shipmentDelivered,
  ReturnReceived: returnReceived,
  ExternalReferenceAttached: externalReferenceAttached,
  EventCorrected: eventCorrected,
  SealPublished: sealPublished,
  ErasureRequested: erasureRequested,
  ErasureDeferred: erasureDeferred,
  SubjectKeyDestroyed: subjectKeyDestroyed,
  ErasureCompleted: erasureCompleted,
} as const;

export type EventType = keyof typeof catalogue;

type DataOf<Definition> = Definition extends EventDefinition<string, infer Data> ? Data : never;

/** The data of each event type. */
export type EventData<Type extends EventType = EventType> = DataOf<(typeof catalogue)[Type]>;

/** Every event the ledger can hold, told apart by its `type`. */
export type AnyLedgerEvent = {
  [Type in EventType]: LedgerEvent<Type, EventData<Type>>;
}[EventType];

/** Every event before it is recorded, told apart by its `type`. */
export type AnyNewEvent = {
  [Type in EventType]: NewEvent<Type, EventData<Type>>;
}[EventType];

/** An event of one type, as the ledger holds it. */
export type EventOf<Type extends EventType> = Extract<AnyLedgerEvent, { type: Type }>;

/** A handler for every event type: the compiler lists the one that is missing. */
export type ByEventType<Result> = {
  readonly [Type in EventType]: (event: EventOf<Type>) => Result;
};

export const eventTypes = Object.keys(catalogue) as readonly EventType[];

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(catalogue, type);
}

/**
 * The definition of an event type. Its functions take the data of that type; the type parameter of
 * the data is widened here, since a definition found by name serves only events of that name.
 */
export function definitionOf(type: EventType): EventDefinition {
  return catalogue[type] as unknown as EventDefinition;
}
