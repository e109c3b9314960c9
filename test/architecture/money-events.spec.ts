import { describe, expect, it } from 'vitest';
import {
  checkParts,
  type EventType,
  eventName,
  factIdOf,
  homeOfReceipt,
  keysOf,
  readFact,
  statementKeyOf,
} from '#events';
import { sampleOf } from '../fixtures/events/index.js';
import { euro } from '../fixtures/events/event-sample.js';
import { deliveryOf, understoodSample } from './sample-events.js';

const yen = (minor: number) => ({ minor, currency: 'JPY' });

/** The sample of a class with some of its fields changed. */
const changed = (type: EventType, change: object) => {
  const event = understoodSample(type);
  return { ...event, data: Object.assign({}, event.data, change) };
};

const journal = (side: 'debit' | 'credit', minor: number) => ({
  line: side,
  account: '1000',
  side,
  amount: euro(minor),
});

describe('a fact about money is refused', () => {
  const refusals: readonly (readonly [EventType, string, object, string])[] = [
    [
      'SettlementLineReported',
      'whose net is not gross without fee and tax',
      { net: euro(5699) },
      'data.net',
    ],
    ['SettlementLineReported', 'in two currencies', { fee: yen(202) }, 'data.net'],
    ['DisputeFundsWithdrawn', 'whose fee is in another currency', { fee: yen(1500) }, 'data.fee'],
    [
      'DisputeFundsWithdrawn',
      'whose orders do not sum to it',
      { amount: euro(5939) },
      'data.orderRefs',
    ],
    ['RefundRequested', 'whose orders do not sum to it', { amount: euro(1) }, 'data.orderRefs'],
    [
      'TillOpened',
      'of an instant',
      { businessDay: '2026-03-10T00:00:00.000Z' },
      'data.businessDay',
    ],
    [
      'TillClosed',
      'of an instant',
      { businessDay: '2026-03-10T00:00:00.000Z' },
      'data.businessDay',
    ],
    [
      'TillClosed',
      'that counts one currency and expects another',
      { counts: [{ tender: 'cash', expected: euro(1), counted: yen(1) }] },
      'data.counts',
    ],
    [
      'TillClosed',
      'that counts a tender twice',
      {
        counts: [
          { tender: 'cash', expected: euro(1), counted: euro(1) },
          { tender: 'cash', expected: euro(2), counted: euro(2) },
        ],
      },
      'data.counts',
    ],
    ['InvoiceIssued', 'whose total is in another currency', { total: yen(5938) }, 'data.lines'],
    [
      'SupplierInvoiceReceived',
      'in another currency than its lines',
      { currency: 'EUR' },
      'data.lines',
    ],
    [
      'SupplierInvoiceMatched',
      'whose tax is in another currency',
      { tax: yen(1) },
      'data.priceVariance',
    ],
    ['ReconciliationMatched', 'whose sides are in two currencies', { found: yen(1) }, 'data.found'],
    [
      'ErpDocumentObserved',
      'that does not balance',
      { lines: [journal('debit', 3000), journal('credit', 2999)] },
      'data.lines',
    ],
    [
      'ErpPostingRequested',
      'that does not balance',
      { lines: [journal('debit', 3000), journal('credit', 3001)] },
      'data.lines',
    ],
  ];
  it.each(refusals)('%s %s', (type, _what, change, field) => {
    expect(checkParts(understoodSample(type))).toBeUndefined();
    expect(checkParts(changed(type, change))).toMatchObject({ code: 'field_invalid', field });
  });
  it('SupplierInvoiceReceived that has a line twice', () => {
    const { lines } = understoodSample('SupplierInvoiceReceived').data as { lines: object[] };
    const fault = checkParts(changed('SupplierInvoiceReceived', { lines: [...lines, lines[0]] }));
    expect(fault).toMatchObject({ field: 'data.lines' });
  });
  it('with a whole card number where its last four digits are asked for', () => {
    const { data } = sampleOf('PaymentCaptured');
    const delivery = {
      ...deliveryOf('PaymentCaptured'),
      data: Object.assign({}, data, { lastFourDigits: '4242424242424242' }),
    };
    expect(readFact(delivery, { zoneOf: () => undefined })).toMatchObject({
      code: 'field_invalid',
      field: 'data.lastFourDigits',
    });
  });
});

describe('what is settled, counted or compared by the hundred', () => {
  const kept: readonly (readonly [EventType, string])[] = [
    ['SettlementLineReported', 'line'],
    ['GiftCardRedeemed', 'redemption'],
    ['GiftCardRefunded', 'refund'],
    ['CashDeposited', 'deposit'],
    ['PosVoided', 'posVoid'],
    ['TillClosed', 'session'],
    ['CarrierInvoiceReceived', 'line'],
    ['GoodsReceiptMatched', 'line'],
    ['ReconciliationMatched', 'item'],
    ['ReconciliationBreakFound', 'item'],
  ];
  const things = {
    reference: 'payment-stripe.acct_1:pi_2',
    payment: 'payment-stripe.acct_1:pi_2',
    shipment: 'shipment-wms.dc1:sh_2',
    object: 'payment-stripe.acct_1:pi_2',
  };
  it.each(kept)('%s does not join one %s with the next', (type, field) => {
    const first = understoodSample(type);
    const { data } = first;
    const named = Object.entries(things).filter(([name]) => name in data);
    const other = changed(type, { [field]: 'other', ...Object.fromEntries(named) });
    const next = keysOf({ ...other, eventId: factIdOf(other) });
    const before = keysOf(first);
    const names = new Set([before.home, ...before.connects]);
    expect([next.home, ...next.connects].filter((name) => names.has(name))).toEqual([]);
  });
});

describe('what belongs together', () => {
  it('is a difference and what clears it up', () => {
    const found = keysOf(understoodSample('ReconciliationBreakFound'));
    expect(keysOf(understoodSample('BreakResolved')).home).toBe(found.home);
  });
  it("is a supplier's invoice, its matches and its credit notes", () => {
    const { home } = keysOf(understoodSample('SupplierInvoiceReceived'));
    expect(keysOf(understoodSample('SupplierInvoiceMatched')).home).toBe(home);
    expect(keysOf(understoodSample('SupplierInvoiceMismatched')).home).toBe(home);
    expect(keysOf(understoodSample('SupplierCreditNoteReceived')).connects).toContain(home);
  });
  it('is a receipt and what is said of it', () => {
    const { home } = keysOf(understoodSample('GoodsReceiptMatched'));
    expect(home).toBe(homeOfReceipt('dc1', 'R_1', '1'));
  });
  it('is the opening and the closing of a register', () => {
    const { home } = keysOf(understoodSample('TillOpened'));
    expect(keysOf(understoodSample('TillClosed')).home).toBe(home);
  });
  it.each([
    ['payment-stripe.acct_1:pi_1', ['payment-stripe.acct_1:pi_1'], []],
    ['inventory-85123A:dc1', [eventName('e_1')], []],
    ['order-shopify.store_eu:1002', [], ['order-shopify.store_eu:1002']],
    ['item-de01:85123A', [], []],
  ])('is an entry and its event on %s', (leaf, connects, subjects) => {
    const source = { leaf, eventId: 'e_1', type: 'CreditGranted' };
    const lines = [journal('debit', 1), journal('credit', 1)];
    const event = changed('ErpPostingRequested', { source, lines });
    expect(keysOf(event)).toMatchObject({ connects, subjects });
  });
});

describe("a report that does not know the provider's own id", () => {
  const numbered: readonly (readonly [EventType, string])[] = [
    ['PaymentAuthorizationFailed', 'authorization'],
    ['PaymentAuthorizationExpired', 'authorization'],
    ['PaymentAuthorizationReleased', 'release'],
    ['PaymentVoided', 'authorization'],
    ['PaymentCaptureFailed', 'capture'],
    ['RefundFailed', 'refund'],
    ['RefundReversed', 'refund'],
    ['DisputeOpened', 'dispute'],
    ['DisputeEvidenceDue', 'dispute'],
    ['DisputeFundsWithdrawn', 'withdrawal'],
    ['DisputeFundsReinstated', 'reinstatement'],
    ['DisputeWon', 'dispute'],
    ['DisputeLost', 'dispute'],
    ['DisputeClosedByRefund', 'dispute'],
    ['SecondChargebackReceived', 'dispute'],
  ];
  it.each(numbered)('of %s is told apart by its own transaction', (type, number) => {
    const known = { ...understoodSample(type), transaction: 'txn_a' };
    expect(statementKeyOf(known)).not.toContain('txn_a');
    const unknown = { ...changed(type, { [number]: '' }), transaction: 'txn_a' };
    expect(statementKeyOf(unknown)).toContain('txn_a');
  });
});
