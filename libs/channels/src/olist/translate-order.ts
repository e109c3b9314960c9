import type { Refusal } from '#kernel';
import type { FactDelivery } from '../fact-delivery.js';
import { findFault, type OlistRefusalCode } from './find-fault.js';
import { cancellationOf, orderCapturedOf, promiseOf } from './order-facts.js';
import { paymentFactsOf } from './payment-facts.js';
import type { OlistOrder } from './rows.js';
import { shipmentFactsOf } from './shipment-facts.js';

/** An order's facts in the order in which they are told of, or why its rows cannot be read. */
export type OlistTranslation =
  | { readonly outcome: 'translated'; readonly deliveries: readonly FactDelivery[] }
  | Refusal<OlistRefusalCode>;

/**
 * Translates all rows of one order into facts. Pure: the same rows give the same deliveries, with
 * the same ids, whenever they are read. Nothing is said that the rows do not say; what they say
 * without a time is a fact whose time is unknown.
 *
 * An order with a value that cannot be read is refused whole, so that no half of it is recorded.
 */
export function translateOlistOrder(source: OlistOrder): OlistTranslation {
  const fault = findFault(source);
  if (fault) return fault;
  return {
    outcome: 'translated',
    deliveries: [
      orderCapturedOf(source),
      promiseOf(source.order),
      ...paymentFactsOf(source),
      ...shipmentFactsOf(source),
      ...cancellationOf(source.order),
    ],
  };
}
