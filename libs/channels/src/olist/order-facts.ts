import type { EventData } from '#events';
import type { FactDelivery } from '../fact-delivery.js';
import { amountOf, timeOf } from './reading.js';
import { olistRegistration } from './registration.js';
import type { OlistItemRow, OlistOrder, OlistOrderRow } from './rows.js';
import { cancellationReasonByStatus } from './vocabulary.js';

type OrderLine = EventData<'OrderCaptured'>['lines'][number];

const { account, legalEntity, currency } = olistRegistration;

/** The time of purchase, which nothing else of an order precedes. */
export function purchasedAt(order: OlistOrderRow): string {
  return timeOf(order.order_purchase_timestamp);
}

/** What was ordered: one line a unit of goods, one shipping line for its freight. */
export function orderCapturedOf(source: OlistOrder): FactDelivery<'OrderCaptured'> {
  const { order, customer, items } = source;
  if (!customer) throw new Error(`${order.order_id} was translated without its customer.`);
  return {
    specversion: '1.0',
    id: `${order.order_id}/order-captured`,
    source: account,
    type: 'OrderCaptured',
    objectid: order.order_id,
    time: purchasedAt(order),
    precision: 'instant',
    data: {
      legalEntity,
      currency,
      debtor: { kind: 'customer', id: customer.customer_unique_id },
      channel: account,
      lines: items.flatMap(linesOf),
      customer: {
        addresses: [
          {
            postalCode: customer.customer_zip_code_prefix,
            city: customer.customer_city,
            region: customer.customer_state,
          },
        ],
      },
    },
  };
}

function linesOf(item: OlistItemRow): OrderLine[] {
  const { order_item_id: line, product_id: sku } = item;
  const goods = lineOf({ line, kind: 'goods', sku, gross: amountOf(item.price) });
  const freight = amountOf(item.freight_value);
  return freight.minor === 0
    ? [goods]
    : [goods, lineOf({ line: `${line}-freight`, kind: 'shipping', gross: freight })];
}

function lineOf(parts: Pick<OrderLine, 'line' | 'kind' | 'sku' | 'gross'>): OrderLine {
  return { ...parts, qty: 1, uom: 'each', discount: { minor: 0, currency }, taxes: [] };
}

/** The estimate is a day; the rows do not say when it was given, only that it was for this order. */
export function promiseOf(order: OlistOrderRow): FactDelivery<'PromiseDateSet'> {
  return {
    specversion: '1.0',
    id: `${order.order_id}/promise-date-set`,
    source: account,
    type: 'PromiseDateSet',
    objectid: order.order_id,
    precision: 'unknown',
    notbefore: purchasedAt(order),
    data: { promised: timeOf(order.order_estimated_delivery_date).slice(0, 10) },
  };
}

/** The status says that nothing more will be sent; no column says since when. */
export function cancellationOf(order: OlistOrderRow): readonly FactDelivery<'OrderCancelled'>[] {
  const reason = cancellationReasonByStatus.get(order.order_status);
  if (reason === undefined) return [];
  return [
    {
      specversion: '1.0',
      id: `${order.order_id}/order-cancelled`,
      source: account,
      type: 'OrderCancelled',
      objectid: order.order_id,
      precision: 'unknown',
      notbefore: purchasedAt(order),
      data: { reason },
    },
  ];
}
