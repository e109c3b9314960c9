import { describe } from 'vitest';
import { euro, fact } from '../../fixtures/facts.js';
import { invoice, memo, memoWithoutOrder, settled, tillClosed } from './document-facts.js';
import { finds } from './finds.js';
import {
  at,
  dispatched,
  granted,
  order,
  paid,
  refunded,
  shipment,
  whole,
  withdraw,
} from './payment-facts.js';

/** Lines of a document, each of an order or of none. */
const linesOf = (...orders: readonly (string | undefined)[]) =>
  orders.map((of, index) => ({
    line: `${index}`,
    net: euro(250),
    tax: euro(0),
    ...(of === undefined ? {} : { order: of }),
  }));

const merged = fact('ExternalReferenceAttached', 'order-shop:2', {
  object: 'order-shop:2',
  referenceType: 'order',
  reference: order,
});

describe('documents', () => {
  const performed = [paid(2), dispatched(3)];
  finds([
    ['one invoice of a shipment', [...performed, invoice('1', whole)], []],
    [
      'two invoices of a shipment',
      [...performed, invoice('1', whole), invoice('2', whole)],
      ['invoiced_twice'],
    ],
    [
      'two invoices of a shipment under two names',
      [
        ...performed,
        dispatched(3, 'shipment-dhl:1'),
        fact(
          'ExternalReferenceAttached',
          'shipment-dhl:1',
          { object: 'shipment-dhl:1', referenceType: 'shipment', reference: shipment },
          { account: 'dhl', ...at(4) },
        ),
        invoice('1', whole),
        invoice('2', whole, 'shipment-dhl:1'),
      ],
      ['invoiced_twice'],
    ],
    [
      'two invoices of which one was credited',
      [
        ...performed,
        invoice('1', whole),
        invoice('2', whole),
        memo('C9', whole, { invoice: 'invoice-erp:2' }),
      ],
      [],
    ],
    [
      'an invoice of another amount than what left',
      [...performed, invoice('1', 1_900)],
      ['invoice_differs_from_performance'],
    ],
    [
      'an invoice of half of what was ordered, which is what left',
      [paid(2), dispatched(3, shipment, 1), invoice('1', 1_000)],
      [],
    ],
    ['an invoice that rounds by itself', [...performed, invoice('1', whole + 1)], []],
    [
      'a refund the ERP knows nothing of',
      [...performed, invoice('1', whole), granted(9, 500), refunded(10, 500)],
      ['refund_ahead_of_erp'],
    ],
    [
      'a refund the ERP credited',
      [...performed, invoice('1', whole), granted(9, 500), refunded(10, 500), memo('C1', 500)],
      [],
    ],
    ['a credit memo of no order', [memoWithoutOrder()], ['credit_memo_without_order']],
    ['a credit memo of an invoice', [memoWithoutOrder({ invoice: 'invoice-erp:1' })], []],
    ['a credit memo of an order', [memo('C1', 500)], []],
    [
      'a credit memo of two orders with a line of neither',
      [memo('C1', 500, { lines: linesOf(order, 'order-shop:2', undefined) })],
      ['document_lines_untied'],
    ],
    [
      'a credit memo of one order under two names with a line of neither',
      [merged, memo('C1', 500, { lines: linesOf(order, 'order-shop:2', undefined) })],
      [],
    ],
    [
      'a credit memo of two orders whose lines all say whose they are',
      [memo('C1', 500, { lines: linesOf(order, 'order-shop:2') })],
      [],
    ],
    [
      'a credit memo of one order that says so once',
      [memo('C1', 500, { lines: linesOf(order, undefined) })],
      [],
    ],
  ]);
});

describe('settlements and tills', () => {
  finds([
    ['a capture settled as it was', [paid(2), settled('charge', whole, 'ch')], []],
    [
      'a capture settled by another amount',
      [paid(2), settled('charge', 1_900, 'ch')],
      ['settlement_differs_from_payment'],
    ],
    [
      'a capture settled in two parts',
      [paid(2), settled('charge', 1_900, 'ch'), settled('charge', 100, 'ch', 'rest')],
      [],
    ],
    [
      'a refund settled by another amount',
      [paid(2), dispatched(3), granted(9, 500), refunded(10, 500), settled('refund', -400, 're10')],
      ['settlement_differs_from_payment'],
    ],
    [
      'a settled capture nobody reports',
      [paid(2), settled('charge', whole, 'ch9')],
      ['settled_movement_unknown'],
    ],
    [
      'a settled capture that somebody reports without its number',
      [paid(2, ''), settled('charge', whole, 'ch9')],
      [],
    ],
    ['a till that is short', [tillClosed(95)], ['till_over_or_short']],
    ['a till that is right', [tillClosed(100)], []],
    [
      'a till that was counted again',
      [tillClosed(95), withdraw(tillClosed(95)), tillClosed(100)],
      [],
    ],
  ]);
});
