import type { EventData, OrderCaptured } from '#events';
import type { Decide } from '../decision.js';
import { type StreamEvents, streamViewOf } from '../stream-events.js';
import type { CreditRefusalCode } from './credit-decision-refusals.js';
import { mergesInForce } from './merges.js';
import type { OrderDecisionRefusalCode } from './order-decision-refusals.js';
import { orderStateOf } from './order-state.js';
import {
  type OrderDecisionRefusal,
  orderUnknown,
  refusalByRelatedOrder,
  type RelatedOrder,
} from './related-order.js';

type MergeCode = OrderDecisionRefusalCode | CreditRefusalCode;

export interface MarkDuplicate {
  readonly duplicate: EventData<'OrderMarkedDuplicate'>;
  readonly survivor: RelatedOrder;
}

/** Says that an order is another name of one that goes on; an order is that of one at most. */
export function markDuplicate({
  duplicate,
  survivor,
}: MarkDuplicate): Decide<StreamEvents, MergeCode> {
  return (stream) => {
    const view = streamViewOf(stream);
    const captured = orderStateOf(view).captured?.event.data;
    if (captured === undefined) return orderUnknown;
    const [merge] = mergesInForce(view.events);
    if (merge !== undefined) {
      return {
        outcome: 'refused',
        code: 'duplicate_already_marked',
        message: `${view.subject} is another name of ${merge.survivor} already.`,
        details: { survivingOrder: merge.survivor, mergedBy: merge.eventId },
      };
    }
    return (
      refusalByRelatedOrder(survivor, 'survivingOrder') ??
      refusalByContract(captured, survivor) ?? {
        outcome: 'accepted',
        events: [{ type: 'OrderMarkedDuplicate', data: duplicate }],
      }
    );
  };
}

/** One order has one contract, which is of one legal entity and in one currency. */
function refusalByContract(
  duplicate: OrderCaptured,
  { leaf, captured }: RelatedOrder,
): OrderDecisionRefusal | undefined {
  if (captured === null) return undefined;
  const field = 'survivingOrder';
  if (captured.legalEntity !== duplicate.legalEntity) {
    const message = `${leaf} was sold by ${captured.legalEntity}, the other by ${duplicate.legalEntity}.`;
    return { outcome: 'refused', code: 'legal_entity_differs', message, field };
  }
  if (captured.currency === duplicate.currency) return undefined;
  const message = `${leaf} is in ${captured.currency}, the other in ${duplicate.currency}.`;
  return { outcome: 'refused', code: 'currency_differs', message, field };
}

/** Undoes one merge of an order that is in force, whoever said it: a decision, or a source's tie. */
export function revertMerge(
  reversal: EventData<'OrderMergeReverted'>,
): Decide<StreamEvents, MergeCode> {
  return (stream) => {
    const view = streamViewOf(stream);
    const merges = mergesInForce(view.events);
    const isInForce = merges.some(
      ({ survivor, eventId }) =>
        survivor === reversal.survivingOrder && eventId === reversal.mergedBy,
    );
    if (isInForce) {
      return { outcome: 'accepted', events: [{ type: 'OrderMergeReverted', data: reversal }] };
    }
    return {
      outcome: 'refused',
      code: 'merge_unknown',
      message: `No merge into ${reversal.survivingOrder} is in force by the event ${reversal.mergedBy}.`,
      field: 'mergedBy',
      details: {
        inForce: merges.map(({ survivor, eventId }) => ({
          survivingOrder: survivor,
          mergedBy: eventId,
        })),
      },
    };
  };
}
