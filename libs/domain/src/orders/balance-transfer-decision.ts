import type { EventData } from '#events';
import type { Decide } from '../decision.js';
import { type StreamEvents, streamViewOf } from '../stream-events.js';
import type { CreditRefusalCode } from './credit-decision-refusals.js';
import type { OrderDecisionRefusalCode } from './order-decision-refusals.js';
import { orderStateOf } from './order-state.js';
import {
  type OrderDecisionRefusal,
  orderUnknown,
  refusalByRelatedOrder,
  type RelatedOrder,
} from './related-order.js';

export interface TransferBalance {
  readonly transfer: EventData<'ContractBalanceTransferred'>;
  readonly receiver: RelatedOrder;
}

/**
 * Moves a balance from an order's contract to another's, both of one legal entity and currency, once
 * under an id. What a contract comes to lies on many streams, so it is no ceiling here.
 */
export function transferBalance(
  command: TransferBalance,
): Decide<StreamEvents, OrderDecisionRefusalCode | CreditRefusalCode> {
  const { transfer, receiver } = command;
  return (stream) => {
    const view = streamViewOf(stream);
    const captured = orderStateOf(view).captured?.event.data;
    if (captured === undefined) return orderUnknown;
    const existing = view
      .effective('ContractBalanceTransferred')
      .find(({ event }) => event.data.transfer === transfer.transfer);
    if (existing !== undefined) {
      return {
        outcome: 'refused',
        code: 'balance_transfer_exists',
        message: `The transfer ${transfer.transfer} exists already.`,
        field: 'transfer',
        details: { eventId: existing.event.eventId },
      };
    }
    return (
      refusalByRelatedOrder(receiver, 'toOrder') ??
      refusalByTerms(transfer, view.subject, captured) ??
      refusalByTerms(transfer, receiver.leaf, receiver.captured) ?? {
        outcome: 'accepted',
        events: [{ type: 'ContractBalanceTransferred', data: transfer }],
      }
    );
  };
}

function refusalByTerms(
  { balance, legalEntity }: EventData<'ContractBalanceTransferred'>,
  order: string,
  captured: { readonly legalEntity: string; readonly currency: string } | null,
): OrderDecisionRefusal | undefined {
  if (balance.minor === 0) {
    const message = 'The balance is zero.';
    return { outcome: 'refused', code: 'balance_transfer_empty', message, field: 'balance.minor' };
  }
  if (captured === null) return undefined;
  if (captured.legalEntity !== legalEntity) {
    const message = `${order} was sold by ${captured.legalEntity}, not ${legalEntity}.`;
    return { outcome: 'refused', code: 'legal_entity_differs', message, field: 'legalEntity' };
  }
  if (captured.currency === balance.currency) return undefined;
  const message = `${order} is in ${captured.currency}, the balance in ${balance.currency}.`;
  return { outcome: 'refused', code: 'currency_differs', message, field: 'balance.currency' };
}
