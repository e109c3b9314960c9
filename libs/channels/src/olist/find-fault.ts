import { refuse, type Refusal } from '#kernel';
import { readAmount, readTime } from './reading.js';
import type { OlistOrder } from './rows.js';
import { cancellationReasonByStatus, tenderByPaymentType } from './vocabulary.js';

/** Why an order's rows cannot be translated. */
export type OlistRefusalCode =
  | 'status_unknown'
  | 'customer_missing'
  | 'tender_unknown'
  | 'time_unreadable'
  | 'amount_unreadable';

/** The first value among an order's rows that cannot be read, or undefined where all can. */
export function findFault(source: OlistOrder): Refusal<OlistRefusalCode> | undefined {
  const { order, items, payments } = source;
  const at = `the order ${order.order_id}`;
  if (!cancellationReasonByStatus.has(order.order_status)) {
    return refuse(
      'status_unknown',
      `${at} has the status "${order.order_status}", which this channel does not know`,
      'order_status',
    );
  }
  if (!source.customer) {
    return refuse(
      'customer_missing',
      `${at} names the customer "${order.customer_id}", who has no row`,
      'customer_id',
    );
  }
  const payment = payments.find((row) => !tenderByPaymentType.has(row.payment_type));
  if (payment) {
    return refuse(
      'tender_unknown',
      `${at} was paid by "${payment.payment_type}", which this channel does not know`,
      'payment_type',
    );
  }
  return (
    findUnreadableTime(source) ??
    findUnreadableAmount([
      ...items.flatMap((row): ColumnText[] => [
        ['price', row.price],
        ['freight_value', row.freight_value],
      ]),
      ...payments.map((row): ColumnText => ['payment_value', row.payment_value]),
    ])
  );
}

type ColumnText = readonly [column: string, text: string];

const optionalTimes = [
  'order_approved_at',
  'order_delivered_carrier_date',
  'order_delivered_customer_date',
] as const;
const requiredTimes = ['order_purchase_timestamp', 'order_estimated_delivery_date'] as const;

function findUnreadableTime({ order }: OlistOrder): Refusal<'time_unreadable'> | undefined {
  const given = [...requiredTimes, ...optionalTimes.filter((column) => order[column] !== '')];
  const column = given.find((name) => readTime(order[name]) === undefined);
  return column === undefined
    ? undefined
    : refuse('time_unreadable', `${column} is "${order[column]}", which is no time`, column);
}

function findUnreadableAmount(
  amounts: readonly ColumnText[],
): Refusal<'amount_unreadable'> | undefined {
  const fault = amounts.find(([, text]) => readAmount(text) === undefined);
  return fault === undefined
    ? undefined
    : refuse('amount_unreadable', `${fault[0]} is "${fault[1]}", which is no amount`, fault[0]);
}
