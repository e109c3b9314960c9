import type { Money } from '#kernel';
import type { EventParts, FieldFault } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import type { OrderReference } from '../shared-parts.js';

interface PaymentData {
  amount: Money;
  orderRefs: OrderReference[] | null;
}

/**
 * A payment's events live with the payment and touch the orders they name. Where one names a single
 * order, others may name that order otherwise, so that what the order's names are is read; what is
 * spread over several orders is told by whoever knows them apart.
 */
export function paymentKeys(event: EventParts<PaymentData>): EventKeys {
  const orders = new Set((event.data.orderRefs ?? []).map((reference) => reference.order));
  return keys(event.leaf, { subjects: [...orders], reads: orders.size === 1 ? [...orders] : [] });
}

/** The parts for each order sum to the amount, or the source does not know them at all. */
export function checkOrderReferences({ data }: EventParts<PaymentData>): readonly FieldFault[] {
  if (data.orderRefs === null) return [];
  const { minor, currency } = data.amount;
  if (data.orderRefs.some((reference) => reference.amount.currency !== currency)) {
    return [{ field: 'data.orderRefs', message: `every part must be in ${currency}` }];
  }
  const orders = data.orderRefs.map((reference) => reference.order);
  if (new Set(orders).size !== orders.length) {
    return [{ field: 'data.orderRefs', message: 'an order is there twice' }];
  }
  const sum = data.orderRefs.reduce((total, { amount }) => total + BigInt(amount.minor), 0n);
  return sum === BigInt(minor)
    ? []
    : [
        {
          field: 'data.orderRefs',
          message: `the parts sum to ${sum} minor units, the amount is ${minor}; give null where they are unknown`,
        },
      ];
}

/** As {@link checkOrderReferences}; the fee that goes with a dispute is in the same currency. */
export function checkMovement(
  event: EventParts<PaymentData & { fee?: Money }>,
): readonly FieldFault[] {
  const { amount, fee } = event.data;
  return fee === undefined || fee.currency === amount.currency
    ? checkOrderReferences(event)
    : [{ field: 'data.fee', message: `must be in ${amount.currency}` }];
}
