import type { IssueCause } from '#events';
import { type ContextWording, notTold } from '../event-wording.js';
import { because, changeOf, dayOf, inWords, quantityOf } from './phrases.js';

/** What units left for; the id of what they left with follows. */
const purposeOf: Readonly<Record<IssueCause, string>> = {
  sale: 'for shipment',
  replacement: 'to replace what was sent, by shipment',
  transfer: 'for another place, by',
  vendor_return: 'to go back to the supplier, by',
  consumption: 'for own use, by',
};

export const inventoryWording: ContextWording<'inventory'> = {
  ItemCostSet: {
    internal: ({ data }) =>
      `Set the cost of ${data.sku} to ${data.cost.decimal} ${data.cost.currency} from ${data.validFrom}`,
    customer: notTold,
  },
  StockReceived: {
    internal: ({ data }) =>
      `Received ${quantityOf(data.qty, data.uom)} from a ${data.cause} (${data.receipt})`,
    customer: notTold,
  },
  StockAllocated: {
    internal: ({ data }) => `Reserved ${quantityOf(data.qty, data.uom)} for line ${data.orderLine}`,
    customer: notTold,
  },
  StockDeallocated: {
    internal: ({ data }) =>
      `Gave ${quantityOf(data.qty, data.uom, 'reserved')} back${because(data.reason)}`,
    customer: notTold,
  },
  StockIssued: {
    internal: ({ data }) =>
      `Took ${quantityOf(data.qty, data.uom)} from stock ${purposeOf[data.cause]} ${data.shipment}`,
    customer: notTold,
  },
  StockSoftReserved: {
    internal: ({ data }) =>
      `Kept ${quantityOf(data.qty, data.uom)} for ${data.orderLine === undefined ? 'a cart' : `line ${data.orderLine}`} until ${data.reservedUntil}`,
    customer: notTold,
  },
  StockReservationExtended: {
    internal: ({ data }) => `Keeps reservation ${data.reservation} until ${data.reservedUntil}`,
    customer: notTold,
  },
  StockReservationExpired: {
    internal: ({ data }) =>
      `Reservation ${data.reservation} of ${quantityOf(data.qty, data.uom)} ended at ${data.reservedUntil}`,
    customer: notTold,
  },
  StockReservationReleased: {
    internal: ({ data }) =>
      `Gave ${quantityOf(data.qty, data.uom, 'kept')} back${because(data.reason)}`,
    customer: notTold,
  },
  StockReservationRejected: {
    internal: ({ data }) =>
      `Could not keep ${quantityOf(data.requested, data.uom)}: ${data.available} available`,
    customer: notTold,
  },
  StockReservationUnfillable: {
    internal: ({ data }) =>
      `${quantityOf(data.qty, data.uom, 'reserved')} ${data.qty === 1 ? 'is' : 'are'} not there${because(data.reason)}`,
    customer: () => 'We are looking for an item of your order at another place',
  },
  StockBackordered: {
    internal: ({ data }) =>
      `${quantityOf(data.qty, data.uom)} of line ${data.orderLine} ${data.qty === 1 ? 'waits' : 'wait'} for stock${data.expectedAt === undefined ? '' : `, expected ${data.expectedAt}`}`,
    customer: ({ data }) =>
      `An item of your order is on backorder${data.expectedAt === undefined ? '' : `; we expect it ${dayOf(data.expectedAt)}`}`,
  },
  BackorderFilled: {
    internal: ({ data }) =>
      `${quantityOf(data.qty, data.uom)} that ${data.qty === 1 ? 'was waited for is' : 'were waited for are'} there`,
    customer: () => 'An item of your order that was on backorder is there',
  },
  StockBucketMoved: {
    internal: ({ data }) =>
      `Moved ${quantityOf(data.qty, data.uom)} from ${inWords(data.from)} to ${inWords(data.to)}${because(data.reason)}`,
    customer: notTold,
  },
  StockAdjusted: {
    internal: ({ data }) =>
      `Put stock right by ${changeOf(data.delta, data.uom)}: ${inWords(data.reason)}`,
    customer: notTold,
  },
  StockWrittenOff: {
    internal: ({ data }) => `Wrote off ${quantityOf(data.qty, data.uom)}: ${inWords(data.reason)}`,
    customer: notTold,
  },
  SafetyStockSet: {
    internal: ({ data }) => `Holds ${quantityOf(data.qty, data.uom)} back as safety stock`,
    customer: notTold,
  },
  IncomingStockExpected: {
    internal: ({ data }) =>
      `Expects ${quantityOf(data.qty, data.uom)} (${data.certainty})${data.expectedAt === undefined ? '' : ` ${data.expectedAt}`}`,
    customer: notTold,
  },
  IncomingStockRevised: {
    internal: ({ data }) =>
      `Now expects ${quantityOf(data.qty, data.uom)} (${data.certainty})${data.expectedAt === undefined ? '' : ` ${data.expectedAt}`}${because(data.cause)}`,
    customer: notTold,
  },
  ExternalStockSnapshotReceived: {
    internal: ({ account, data }) =>
      `${account} says: ${data.quantities.map(({ measure, qty }) => `${qty} ${inWords(measure)}`).join(', ')}`,
    customer: notTold,
  },
  StockDiscrepancyDetected: {
    internal: ({ data }) =>
      `${data.reportedBy} says ${data.reported} ${inWords(data.measure)} and the facts say ${data.expected}`,
    customer: notTold,
  },
  InventoryConfidenceScored: {
    internal: ({ data }) => `Stock is believed to ${data.scorePercent} percent`,
    customer: notTold,
  },
  BackorderReleased: {
    internal: ({ data }) =>
      `${quantityOf(data.qty, data.uom)} ${data.qty === 1 ? 'is' : 'are'} not waited for any more${because(data.reason)}`,
    customer: notTold,
  },
};
