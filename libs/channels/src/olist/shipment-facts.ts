import { leafOf } from '#kernel';
import type { DeliveredTime, FactDelivery } from '../fact-delivery.js';
import { purchasedAt } from './order-facts.js';
import { timeOf, timeOrUnknown } from './reading.js';
import { olistOrderLeaf, olistRegistration } from './registration.js';
import type { OlistOrder, OlistOrderRow } from './rows.js';

const { account } = olistRegistration;

/**
 * What the rows say of the one shipment an order has.
 *
 * A dispatch names the units that left. Where the order has no items, or only its arrival is told
 * of, there is no dispatch to record: the shipment is tied to its order by a reference instead.
 */
export function shipmentFactsOf(source: OlistOrder): readonly FactDelivery[] {
  const { order, items } = source;
  const handedOver = handOverOf(order);
  const delivered = deliveryOf(order);
  if (handedOver === undefined && delivered === undefined) return [];
  const dispatched = handedOver !== undefined && items.length > 0;
  return [
    ...(dispatched ? [dispatchOf(source, handedOver)] : [orderReferenceOf(order)]),
    ...(handedOver !== undefined && !dispatched ? [handOverScanOf(order, handedOver)] : []),
    ...(delivered === undefined ? [] : [deliveredOf(source, delivered, dispatched)]),
  ];
}

/**
 * When the carrier took over: its date, else unknown where the status says that it did. Carriers
 * did take over before the approval, so only the purchase bounds it.
 */
function handOverOf(order: OlistOrderRow): DeliveredTime | undefined {
  const text = order.order_delivered_carrier_date;
  if (text === '' && order.order_status !== 'shipped') return undefined;
  return timeOrUnknown(text, purchasedAt(order));
}

/** When the customer got it: its date, else unknown where the status says that it arrived. */
function deliveryOf(order: OlistOrderRow): DeliveredTime | undefined {
  const text = order.order_delivered_customer_date;
  if (text === '' && order.order_status !== 'delivered') return undefined;
  const carrierText = order.order_delivered_carrier_date;
  const notBefore = carrierText === '' ? purchasedAt(order) : timeOf(carrierText);
  return timeOrUnknown(text, notBefore);
}

function attributesOf(order: OlistOrderRow) {
  return { specversion: '1.0', source: account, objectid: order.order_id };
}

function dispatchOf(
  { order, items }: OlistOrder,
  time: DeliveredTime,
): FactDelivery<'ShipmentDispatched'> {
  const leaf = olistOrderLeaf(order.order_id);
  return {
    ...attributesOf(order),
    ...time,
    id: `${order.order_id}/shipment-dispatched`,
    type: 'ShipmentDispatched',
    data: {
      kind: 'original',
      lines: items.map((item) => ({ order: leaf, orderLine: item.order_item_id, qty: 1 })),
    },
  };
}

function handOverScanOf(
  order: OlistOrderRow,
  time: DeliveredTime,
): FactDelivery<'ShipmentScanned'> {
  return {
    ...attributesOf(order),
    ...time,
    id: `${order.order_id}/shipment-scanned`,
    type: 'ShipmentScanned',
    data: { code: 'handed_over_to_carrier' },
  };
}

function orderReferenceOf(order: OlistOrderRow): FactDelivery<'ExternalReferenceAttached'> {
  const shipment = leafOf('shipment', [account, order.order_id]);
  return {
    specversion: '1.0',
    source: account,
    subject: shipment,
    id: `${order.order_id}/shipment-reference`,
    type: 'ExternalReferenceAttached',
    precision: 'unknown',
    notbefore: purchasedAt(order),
    data: {
      object: shipment,
      referenceType: 'order',
      reference: olistOrderLeaf(order.order_id),
    },
  };
}

/** The units stand in the dispatch; where there is none, the delivery has to name them. */
function deliveredOf(
  { order, items }: OlistOrder,
  time: DeliveredTime,
  dispatched: boolean,
): FactDelivery<'ShipmentDelivered'> {
  const lines = items.map((item) => ({ orderLine: item.order_item_id, qty: 1 }));
  return {
    ...attributesOf(order),
    ...time,
    id: `${order.order_id}/shipment-delivered`,
    type: 'ShipmentDelivered',
    data: dispatched || lines.length === 0 ? {} : { lines },
  };
}
