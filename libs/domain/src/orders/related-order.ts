import type { OrderCaptured } from '#events';
import type { DecisionRefusal } from '../decision.js';
import { type StreamEvents, streamViewOf } from '../stream-events.js';
import type { CreditRefusalCode } from './credit-decision-refusals.js';
import type { OrderDecisionRefusalCode } from './order-decision-refusals.js';
import { orderStateOf } from './order-state.js';

/**
 * What another order's stream told when it was looked at. It is no term of a ceiling: a capture does
 * not go away but by a correction, and then the findings tell.
 */
export interface RelatedOrder {
  readonly leaf: string;
  readonly captured: OrderCaptured | null;
  /** The order that stands for it, or null. */
  readonly aliasOf: string | null;
}

export type OrderDecisionRefusal = DecisionRefusal<OrderDecisionRefusalCode | CreditRefusalCode>;

export function relatedOrderOf(leaf: string, stream: StreamEvents): RelatedOrder {
  if (stream.events.length === 0) return { leaf, captured: null, aliasOf: null };
  const view = streamViewOf(stream);
  const captured = orderStateOf(view).captured?.event.data ?? null;
  return { leaf, captured, aliasOf: view.aliasOf };
}

/** Refuses where the other order is none that a decision may lead to. */
export function refusalByRelatedOrder(
  { leaf, captured, aliasOf }: RelatedOrder,
  field: string,
): OrderDecisionRefusal | undefined {
  if (captured === null) {
    const message = `No capture of ${leaf} is in force.`;
    return { outcome: 'refused', code: 'related_order_unknown', message, field };
  }
  if (aliasOf === null) return undefined;
  return {
    outcome: 'refused',
    code: 'related_order_is_alias',
    message: `${leaf} is another name of ${aliasOf}.`,
    field,
    details: { order: aliasOf },
  };
}

export const orderUnknown: OrderDecisionRefusal = {
  outcome: 'refused',
  code: 'order_unknown',
  message: 'No capture of this order is in force.',
  field: 'order',
};
