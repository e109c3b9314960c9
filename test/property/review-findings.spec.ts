import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent, EventData, EventType } from '#events';
import { euro, fact } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';

const order = 'order-shop:1';

function at(day: number): { readonly at: string } {
  return { at: `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z` };
}

function told<Type extends EventType>(type: Type, day: number, data: EventData<Type>) {
  return fact(type, order, data, at(day));
}

const captured = told('OrderCaptured', 1, {
  legalEntity: 'de01',
  currency: 'EUR',
  debtor: { kind: 'customer', id: 'c1' },
  channel: 'web',
  lines: [
    {
      line: 'A',
      kind: 'goods',
      sku: 'A',
      qty: 2,
      uom: 'each',
      gross: euro(2_000),
      discount: euro(0),
      taxes: [],
    },
  ],
});
const dispatched = (day: number, qty = 2) =>
  fact(
    'ShipmentDispatched',
    'shipment-wms:1',
    { kind: 'original', lines: [{ order, orderLine: 'A', qty }] },
    { account: 'wms', ...at(day) },
  );
const held = told('OrderHoldPlaced', 2, { holdId: 'h1', type: 'fraud', blocks: ['dispatch'] });
const letGo = (day: number) => told('OrderHoldReleased', day, { holdId: 'h1' });
const failed = (day: number) =>
  told('OrderValidationFailed', day, { validator: 'address', errors: [{ code: 'no_street' }] });
const passed = (day: number) => told('OrderValidated', day, { validator: 'address' });
const released = told('OrderReleased', 2, { target: 'wms' });
const acknowledged = told('OrderAcknowledgedByErp', 3, { erpDocument: '4711' });
const review = told('FraudReviewRequested', 2, { provider: 'risk' });
const confirmed = told('FraudConfirmed', 3, { provider: 'risk' });
const judged = (type: 'FraudCleared' | 'FraudConfirmed', review: string) =>
  told(type, 3, { provider: 'risk', review });
const taxed = (minor: number, determination = 'd1', day = 2) =>
  told('TaxDetermined', day, {
    engine: 'tax',
    determination,
    currency: 'EUR',
    lines: [{ line: 'A', taxes: [{ amount: euro(minor), liable: 'seller' }] }],
  });
const substituted = (customerConsent: string) =>
  told('OrderLineSubstituted', 2, {
    substitution: 's1',
    line: 'A',
    qty: 1,
    currency: 'EUR',
    newLine: {
      line: 'B',
      kind: 'goods',
      sku: 'B',
      qty: 1,
      uom: 'each',
      gross: euro(900),
      discount: euro(0),
      taxes: [],
    },
    priceRule: 'new_price',
    customerConsent,
  });
const sentInPlace = fact(
  'ShipmentDispatched',
  'shipment-wms:2',
  { kind: 'original', lines: [{ order, orderLine: 'B', qty: 1 }] },
  { account: 'wms', ...at(4) },
);
const completed = told('OrderCompleted', 9, {
  lines: [{ line: 'A', outcome: 'fulfilled', qty: 2 }],
});
const lineCancelled = told('OrderLineCancelled', 5, { line: 'A', qty: 1, cancellation: 'x' });
const amendment = told('OrderAmendmentConfirmed', 4, {
  amendment: 'e1',
  currency: 'EUR',
  lines: [],
  effectiveAt: at(4).at,
});
const amendedTo = (tax: number) =>
  told('OrderAmendmentConfirmed', 4, {
    amendment: 'e2',
    currency: 'EUR',
    lines: [
      {
        line: 'A',
        kind: 'goods',
        sku: 'A',
        qty: 1,
        uom: 'each',
        gross: euro(1_000),
        discount: euro(0),
        taxes: [{ amount: euro(tax), liable: 'seller' }],
      },
    ],
    effectiveAt: at(4).at,
  });
const declined = told('OrderAmendmentDeclined', 4, { amendment: 'e1' });
const mispriced = told('PriceMismatchDetected', 2, {
  line: 'A',
  expected: euro(900),
  found: euro(1_000),
  comparedWith: 'price_list',
});
const withdrawn = fact(
  'EventCorrected',
  order,
  {
    target: { leaf: order, eventId: declined.eventId, type: 'OrderAmendmentDeclined' },
    correction: 'c1',
    reason: 'incorrect_data',
  },
  at(6),
);

const known = [
  'hold_never_placed',
  'dispatched_while_held',
  'order_validation_failed',
  'dispatched_despite_failed_validation',
  'not_acknowledged_by_erp',
  'fraud_confirmed_yet_dispatched',
  'completed_with_open_units',
  'amendment_confirmed_and_declined',
  'price_differs',
  'fraud_cleared_and_confirmed',
  'tax_differs',
  'substituted_without_consent',
];

/** The codes of an order's findings about its review, once each. */
function findings(...events: readonly AnyLedgerEvent[]): readonly string[] {
  const rows =
    fullFold([captured, ...events])
      .get('order_timeline.finding')
      ?.values() ?? [];
  const codes = new Set([...rows].map(([, code]) => String(code)));
  return known.filter((code) => codes.has(code));
}

describe('the review of an order', () => {
  it.each<[string, readonly AnyLedgerEvent[], readonly string[]]>([
    ['a hold released that nobody placed', [letGo(3)], ['hold_never_placed']],
    ['a hold that was placed and released', [letGo(3), held], []],
    ['goods that left while held', [held, dispatched(3)], ['dispatched_while_held']],
    ['goods that left after the release', [held, letGo(3), dispatched(4)], []],
    ['goods that left before the hold', [dispatched(1), held], []],
    ['a failed check', [failed(2)], ['order_validation_failed']],
    ['a failed check that passed later', [passed(3), failed(2)], []],
    ['a check that passed and failed later', [passed(2), failed(3)], ['order_validation_failed']],
    [
      'goods that left in spite of a failed check',
      [failed(2), dispatched(3)],
      ['order_validation_failed', 'dispatched_despite_failed_validation'],
    ],
    ['a release the ERP knows nothing of', [released], ['not_acknowledged_by_erp']],
    ['a release the ERP acknowledged', [released, acknowledged], []],
    ['a confirmed fraud', [review, confirmed], []],
    [
      'a confirmed fraud whose goods left',
      [review, confirmed, dispatched(4)],
      ['fraud_confirmed_yet_dispatched'],
    ],
    [
      'an order completed with open units',
      [completed, dispatched(3, 1)],
      ['completed_with_open_units'],
    ],
    ['an order completed as it should be', [completed, dispatched(3, 1), lineCancelled], []],
    [
      'a change both confirmed and declined',
      [amendment, declined],
      ['amendment_confirmed_and_declined'],
    ],
    ['a change whose refusal was withdrawn', [amendment, declined, withdrawn], []],
    ['a price another system disagrees with', [mispriced], ['price_differs']],
    [
      'one review with two ends',
      [judged('FraudCleared', 'r1'), judged('FraudConfirmed', 'r1')],
      ['fraud_cleared_and_confirmed'],
    ],
    [
      'two reviews with an end each',
      [judged('FraudCleared', 'r1'), judged('FraudConfirmed', 'r2')],
      [],
    ],
    ['another tax than was determined', [taxed(380)], ['tax_differs']],
    ['another tax than was determined first', [taxed(380), taxed(0, 'd2', 3)], []],
    ['a tax that rounds by itself', [taxed(1)], []],
    ['a tax determined before the order was changed', [taxed(0), amendedTo(190)], []],
    ['another tax than was determined for either', [taxed(380), amendedTo(190)], ['tax_differs']],
    [
      'a substitute the customer refused, and got',
      [substituted('refused'), sentInPlace],
      ['substituted_without_consent'],
    ],
    ['a substitute the customer refused, and did not get', [substituted('refused')], []],
    ['a substitute the customer agreed to', [substituted('given'), sentInPlace], []],
  ])('finds of %s', (_name, events, expected) => {
    expect(findings(...events)).toEqual(expected);
    expect(findings(...[...events].reverse())).toEqual(expected);
  });
});
