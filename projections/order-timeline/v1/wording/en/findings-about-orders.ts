import type { FactsOfOrders } from '#domain';
import type { FindingWording } from '../finding-wording.js';
import { amountOf, ofLine } from './finding-phrases.js';

export const findingsAboutOrders: FindingWording<FactsOfOrders> = {
  source_contradicts_itself: ({ accounts, type }) =>
    `${accounts.join(', ')} reported the same ${type} with other content.`,
  witnesses_disagree: ({ accounts, type }) =>
    `${accounts.join(', ')} report one ${type} with different amounts or quantities.`,
  source_not_authorised: ({ accounts, type }) =>
    `Only ${accounts.join(', ')} reports this ${type}, and it is not the authority.`,
  correction_without_target: () => 'A correction names an event that is not known yet.',
  correction_not_allowed: () => 'A correction names an event that its source may not annul.',
  dispatched_before_payment: ({ earlier, later }) =>
    `Goods left at ${earlier}, the payment was approved at ${later}.`,
  delivered_before_dispatch: ({ earlier, later }) =>
    `Delivered at ${earlier}, before it left at ${later}.`,
  delivered_without_date: () => 'Delivered, but nobody says when.',
  cancelled_yet_dispatched: () => 'Cancelled, but all of its goods left.',
  cancelled_yet_delivered: () => 'Cancelled, but delivered to the customer.',
  order_without_lines: () => 'The order was captured without any goods.',
  dispatched_more_than_ordered: (facts) =>
    `${ofLine(facts)} left beyond the ${facts.limit} ordered.`,
  order_line_unknown: ({ orderLine }) =>
    `A shipment names line ${orderLine}, which the order does not have.`,
  replacement_sent: (facts) => `${ofLine(facts)} were sent again.`,
  currency_differs_from_order: ({ expected, found }) =>
    `An amount is in ${found}, the order in ${expected}.`,
  legal_entity_differs: ({ expected, found }) =>
    `The money is of ${found}, the order of ${expected}.`,
  several_surviving_orders: ({ leaf }) =>
    `${leaf} is tied to several orders; the first tie counts.`,
  shipped_twice_as_duplicate: ({ names }) =>
    `Goods left under ${names.join(' and ')}, which are one order, and more than it has.`,
  hold_never_placed: ({ name }) =>
    `The hold ${name} was released, but nobody tells that it was placed.`,
  dispatched_while_held: ({ hold, holdType }) =>
    `Goods left while the hold ${hold} (${holdType}) stopped their dispatch.`,
  order_validation_failed: ({ by, errors }) => `The check by ${by} failed: ${errors.join(', ')}.`,
  dispatched_despite_failed_validation: ({ by }) =>
    `Goods left although the check by ${by} failed.`,
  not_acknowledged_by_erp: () =>
    'The order was released for fulfilment, but the ERP has not acknowledged it.',
  fraud_confirmed_yet_dispatched: () => 'Goods left although the fraud was confirmed.',
  fraud_cleared_and_confirmed: ({ name, by }) =>
    `The review ${name} by ${by} both cleared the order and confirmed a fraud.`,
  completed_with_open_units: (facts) =>
    `The order was completed, but ${ofLine(facts)} neither left nor were cancelled.`,
  amendment_confirmed_and_declined: ({ name }) =>
    `The change ${name} was both confirmed and declined.`,
  price_differs: ({ orderLine, expected, found, by }) =>
    `Line ${orderLine} costs ${amountOf(found)}, and ${amountOf(expected)} by ${by}.`,
  tax_differs: ({ orderLine, expected, found, by }) =>
    `Line ${orderLine} has ${amountOf(found)} of tax, and ${by} determined ${amountOf(expected)}.`,
  substituted_without_consent: ({ orderLine, inPlaceOf }) =>
    `Goods of line ${orderLine} left in place of line ${inPlaceOf}, and the customer had refused them.`,
};
