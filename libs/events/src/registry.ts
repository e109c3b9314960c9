import type { EventDefinition } from './event-definition.js';
import type { LedgerEvent, NewEvent } from './envelope.js';
import { claimEvents } from './claims/catalogue.js';
import { countEvents } from './counts/catalogue.js';
import { exchangeEvents } from './exchanges/catalogue.js';
import { fulfilmentEvents } from './fulfilment/catalogue.js';
import { giftCardEvents } from './gift-cards/catalogue.js';
import { inventoryEvents } from './inventory/catalogue.js';
import { invoicingEvents } from './invoicing/catalogue.js';
import { ledgerEvents } from './ledger/catalogue.js';
import { orderEvents } from './orders/catalogue.js';
import { oversightEvents } from './oversight/catalogue.js';
import { paymentEvents } from './payments/catalogue.js';
import { pickupEvents } from './pickups/catalogue.js';
import { postingEvents } from './postings/catalogue.js';
import { procurementEvents } from './procurement/catalogue.js';
import { reconciliationEvents } from './reconciliation/catalogue.js';
import { referenceEvents } from './reference/catalogue.js';
import { returnEvents } from './returns/catalogue.js';
import { ruleEvents } from './rules/catalogue.js';
import { settlementEvents } from './settlements/catalogue.js';
import { sourceEvents } from './sources/catalogue.js';
import { tillEvents } from './tills/catalogue.js';
import { transferEvents } from './transfers/catalogue.js';

/** The parts of the catalogue. A new event is its file and its line in the catalogue of its context. */
const contexts = {
  ledger: ledgerEvents,
  orders: orderEvents,
  payments: paymentEvents,
  inventory: inventoryEvents,
  fulfilment: fulfilmentEvents,
  pickups: pickupEvents,
  transfers: transferEvents,
  exchanges: exchangeEvents,
  procurement: procurementEvents,
  counts: countEvents,
  returns: returnEvents,
  oversight: oversightEvents,
  sources: sourceEvents,
  rules: ruleEvents,
  reference: referenceEvents,
  settlements: settlementEvents,
  giftCards: giftCardEvents,
  tills: tillEvents,
  claims: claimEvents,
  invoicing: invoicingEvents,
  postings: postingEvents,
  reconciliation: reconciliationEvents,
} as const;

/** Every event class there is. */
const catalogue = {
  ...ledgerEvents,
  ...orderEvents,
  ...paymentEvents,
  ...inventoryEvents,
  ...fulfilmentEvents,
  ...pickupEvents,
  ...transferEvents,
  ...exchangeEvents,
  ...procurementEvents,
  ...countEvents,
  ...returnEvents,
  ...oversightEvents,
  ...sourceEvents,
  ...ruleEvents,
  ...referenceEvents,
  ...settlementEvents,
  ...giftCardEvents,
  ...tillEvents,
  ...claimEvents,
  ...invoicingEvents,
  ...postingEvents,
  ...reconciliationEvents,
} as const;

export type EventContext = keyof typeof contexts;

/** The event types of one context. */
export type EventTypeIn<Context extends EventContext> = keyof (typeof contexts)[Context] &
  EventType;

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

export const eventTypes = Object.keys(catalogue) as readonly EventType[];

export const eventContexts = Object.keys(contexts) as readonly EventContext[];

/** The event types of a context, as its catalogue lists them. */
export function eventTypesIn(context: EventContext): readonly EventType[] {
  return Object.keys(contexts[context]) as readonly EventType[];
}

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
