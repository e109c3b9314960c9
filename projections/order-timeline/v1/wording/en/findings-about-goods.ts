import type { FactsOfGoods, OfParcel } from '#domain';
import type { FindingWording } from '../finding-wording.js';
import { ofLine, returnedGoods } from './finding-phrases.js';
import { quantityOf } from './phrases.js';

export const findingsAboutGoods: FindingWording<FactsOfGoods> = {
  allocation_overdrawn: ({ units, limit }) =>
    `${units} units were issued or given back beyond the ${limit} allocated.`,
  pickup_released_before_stock: ({ orderLine, expected, found }) =>
    `${expected} of line ${orderLine} were released for pickup, and stock was committed to ${found} of them by then.`,
  pickup_cancelled_yet_collected: () => 'The pickup is cancelled, and its goods were collected.',
  pickup_expired_yet_collected: () => 'The pickup is over, and its goods were collected.',
  lost_yet_delivered: (parcel) => `${nameOf(parcel)} is lost, and was delivered.`,
  lost_yet_returned_to_sender: (parcel) =>
    `${nameOf(parcel)} is lost, and came back to its sender.`,
  returned_to_sender_yet_delivered: (parcel) =>
    `${nameOf(parcel)} went back to its sender, and was delivered.`,
  voided_yet_dispatched: (parcel) => `${nameOf(parcel)} was voided, and is on its way.`,
  rejected_yet_picked: () => 'The place refused the work, and picked goods for it.',
  fulfilment_accepted_and_rejected: () => 'One request was both accepted and rejected.',
  fulfilment_rejected_unplaced: (facts) =>
    `${ofLine(facts)} were refused, and no other place has them to do.`,
  packed_more_than_picked: ({ orderLine, expected, found }) =>
    `${found} of line ${orderLine} were packed, and ${expected} picked.`,
  short_pick_open: (facts) => `${ofLine(facts)} were not found, and nothing came in their place.`,
  return_declined_yet_received: () => 'The return was declined, and its goods came.',
  return_expired_yet_received: () => 'The return had expired, and its goods came.',
  return_units_missing: (facts) =>
    `${facts.units} of ${returnedGoods(facts)} were announced and did not come.`,
  returned_more_than_announced: (facts) =>
    `${facts.found} of ${returnedGoods(facts)} came back, and ${facts.expected} were announced.`,
  returned_more_than_dispatched: ({ orderLine, expected, found }) =>
    `${found} of line ${orderLine} came back, and ${expected} had been handed over.`,
  returned_item_differs: ({ orderLine, expected, found }) =>
    `Item ${found.join(', ')} came back for line ${orderLine ?? ''}, which sold ${expected.join(', ')}.`,
  disposed_more_than_received: (facts) =>
    `It was settled what becomes of ${facts.found} of ${returnedGoods(facts)}, and ${facts.expected} came back.`,
  reservation_unfillable: ({ units, uom }) =>
    `${quantityOf(units, uom, 'promised')} ${units === 1 ? 'is' : 'are'} not there.`,
  soft_reservation_overdrawn: ({ units, limit }) =>
    `${units} units were released or allocated beyond the ${limit} reserved.`,
  backorder_overdrawn: ({ units, limit }) =>
    `${units} units were filled or released beyond the ${limit} waited for.`,
  transfer_shortage_open: ({ expected, found, units }) =>
    `Of ${expected} sent by the transfer ${found} came, and ${units} are neither there nor given up.`,
  transfer_received_more_than_sent: ({ expected, found }) =>
    `${found} of the transfer came or were given up, and ${expected} were sent.`,
  transfer_loss_not_written_off: ({ expected, found }) =>
    `${expected} of the transfer are settled as lost, and ${found} were written off.`,
  purchase_confirmed_short: ({ expected, found }) =>
    `${expected} were ordered, and the supplier promises ${found}.`,
  purchase_received_more_than_ordered: ({ expected, found }) =>
    `${found} came in, and ${expected} were ordered.`,
  drop_shipment_in_stock: ({ units }) =>
    `${units} came in that the supplier was to send to the customer.`,
  goods_receipt_mismatched: ({ expected, found, difference }) =>
    `${found} came, and ${expected} were still to come: ${difference}.`,
  count_variance_not_adjusted: ({ expected, found }) =>
    `A difference of ${expected} was approved, and stock was changed by ${found}.`,
  count_adjusted_unapproved: ({ units }) =>
    `Stock was changed by ${units} for a count that nobody approved.`,
  stock_discrepancy_open: ({ expected, found, by, measure }) =>
    `${by} reports ${found} ${measure}, and the facts add up to ${expected}.`,
};

function nameOf({ tracking }: OfParcel): string {
  return tracking === null ? 'The shipment' : `The parcel ${tracking}`;
}
