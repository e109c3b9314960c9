import type { FactDelivery } from '../fact-delivery.js';
import { purchasedAt } from './order-facts.js';
import { amountOf, timeOf } from './reading.js';
import { olistOrderLeaf, olistRegistration } from './registration.js';
import type { OlistOrder, OlistOrderRow, OlistPaymentRow } from './rows.js';
import { tenderByPaymentType } from './vocabulary.js';

const { account, legalEntity } = olistRegistration;

/** One payment a row, also where its amount is zero: the source lists it. */
export function paymentFactsOf({ order, payments }: OlistOrder): readonly FactDelivery[] {
  return payments.flatMap((payment) => [
    ...authorizationOf(order, payment),
    captureOf(order, payment),
  ]);
}

/** Approval is the provider's answer; an order that was never approved has none. */
function authorizationOf(
  order: OlistOrderRow,
  payment: OlistPaymentRow,
): readonly FactDelivery<'PaymentAuthorized'>[] {
  if (order.order_approved_at === '') return [];
  const approvedAt = timeOf(order.order_approved_at);
  const { id, attributes, amounts } = partsOf(order, payment);
  return [
    {
      ...attributes,
      id: `${id}-authorized`,
      type: 'PaymentAuthorized',
      time: approvedAt,
      precision: 'instant',
      data: { ...amounts, authorization: '' },
    },
  ];
}

/** A row says that this was paid, not when: certainly not before it was approved or ordered. */
function captureOf(
  order: OlistOrderRow,
  payment: OlistPaymentRow,
): FactDelivery<'PaymentCaptured'> {
  const { id, attributes, amounts } = partsOf(order, payment);
  return {
    ...attributes,
    id: `${id}-captured`,
    type: 'PaymentCaptured',
    precision: 'unknown',
    notbefore:
      order.order_approved_at === '' ? purchasedAt(order) : timeOf(order.order_approved_at),
    data: { ...amounts, legalEntity, capture: '' },
  };
}

function partsOf(order: OlistOrderRow, payment: OlistPaymentRow) {
  const { payment_sequential: sequential } = payment;
  const amount = amountOf(payment.payment_value);
  const tender = tenderByPaymentType.get(payment.payment_type);
  if (!tender) throw new Error(`The payment of ${order.order_id} was translated without a tender.`);
  return {
    id: `${order.order_id}/payment-${sequential}`,
    attributes: {
      specversion: '1.0',
      source: account,
      objectid: `${order.order_id}-${sequential}`,
      transaction: sequential,
    },
    amounts: {
      tender,
      amount,
      orderRefs: [{ order: olistOrderLeaf(order.order_id), amount }],
    },
  };
}
