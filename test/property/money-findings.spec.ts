import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent, EventData, EventType } from '#events';
import { euro, fact, type FactSketch } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';

const order = 'order-shop:1';
const payment = 'payment-psp:pi_1';
const second = 'payment-psp:pi_2';
const shipment = 'shipment-wms:1';
const whole = 2_000;

const at = (day: number): FactSketch => ({
  at: `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z`,
});
const forOrder = (minor: number) => [{ order, amount: euro(minor) }];

const captured = fact(
  'OrderCaptured',
  order,
  {
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
        gross: euro(whole),
        discount: euro(0),
        taxes: [],
      },
    ],
  },
  at(1),
);

/** A fact of the payment service about a part of the order. */
function money<Type extends EventType>(
  type: Type,
  day: number,
  minor: number,
  data: Partial<EventData<Type>>,
  leaf = payment,
): AnyLedgerEvent {
  const common = {
    tender: 'card',
    legalEntity: 'de01',
    amount: euro(minor),
    orderRefs: forOrder(minor),
  };
  // The classes differ in nothing else that matters here; the edge is not asked.
  return fact(type, leaf, { ...common, ...data } as never, { account: 'psp', ...at(day) });
}

const authorized = (day: number, number = 'au', expiresAt?: string, minor = whole) =>
  money('PaymentAuthorized', day, minor, {
    authorization: number,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
const paid = (day: number, number = 'ch', minor = whole, authorization?: string) =>
  money('PaymentCaptured', day, minor, {
    capture: number,
    ...(authorization === undefined ? {} : { authorization }),
  });
const paidAgain = money('PaymentCaptured', 5, whole, { capture: 'ch2' }, second);
const voided = (day: number, number = 'au') =>
  money('PaymentVoided', day, whole, { authorization: number });
const expired = (day: number, number = 'au') =>
  money('PaymentAuthorizationExpired', day, whole, { authorization: number });
const refunded = (day: number, minor: number, data: Partial<EventData<'RefundIssued'>> = {}) =>
  money('RefundIssued', day, minor, { refund: `re${day}`, ...data });
const refundFailed = (day: number, minor: number, data: Partial<EventData<'RefundFailed'>> = {}) =>
  money('RefundFailed', day, minor, { refund: `re${day}`, ...data });
const reversed = (day: number, minor: number, refund: string) =>
  money('RefundReversed', day, minor, { refund });
const requested = (minor: number) =>
  money('RefundRequested', 9, minor, { request: 'q1', basis: 'return' });
const approved = (minor: number, approval?: string) =>
  money('RefundApproved', 10, minor, {
    request: 'q1',
    ...(approval === undefined ? {} : { approval }),
  });
const rejected = fact(
  'RefundRejected',
  payment,
  { request: 'q1', amount: euro(1_500) },
  { account: 'psp', ...at(11) },
);
const granted = (
  day: number,
  minor: number,
  basis: EventData<'CreditGranted'>['basis'] = 'goodwill',
  approvalId?: string,
) =>
  fact(
    'CreditGranted',
    order,
    {
      creditMemo: `m${day}`,
      legalEntity: 'de01',
      currency: 'EUR',
      basis,
      lines: [{ net: euro(minor), tax: euro(0) }],
      ...(approvalId === undefined ? {} : { approvalId }),
    },
    at(day),
  );
const dispatched = (day: number, leaf = shipment, qty = 2) =>
  fact(
    'ShipmentDispatched',
    leaf,
    { kind: 'original', lines: [{ order, orderLine: 'A', qty }] },
    { account: 'wms', ...at(day) },
  );
const received = (qty: number) =>
  fact(
    'ReturnReceived',
    'return-shop:1',
    { node: 'dc1', receipt: 'r1', line: '1', sku: 'A', qty, order, orderLine: 'A' },
    at(8),
  );
const approvalAsked = fact(
  'ApprovalRequested',
  'approval-shop:a1',
  { action: 'refund', about: [order], requestedBy: 'agent1' },
  at(9),
);
const approvalGiven = fact('ApprovalGranted', 'approval-shop:a1', { decidedBy: 'lead1' }, at(10));
const held = (day: number) =>
  fact('OrderHoldPlaced', order, { holdId: 'h1', type: 'payment', blocks: ['dispatch'] }, at(day));
const letGo = (day: number) => fact('OrderHoldReleased', order, { holdId: 'h1' }, at(day));

const disputed = (day: number, kind: 'inquiry' | 'chargeback' = 'chargeback') =>
  money('DisputeOpened', day, whole, { dispute: 'dp', kind });
const evidenceDue = fact(
  'DisputeEvidenceDue',
  payment,
  { dispute: 'dp', dueAt: '2026-05-12' },
  { account: 'psp', ...at(13) },
);
const ended = (type: 'DisputeWon' | 'DisputeLost' | 'DisputeClosedByRefund') =>
  fact(type, payment, { dispute: 'dp' }, { account: 'psp', ...at(20) });

const invoice = (id: string, minor: number, of = shipment) =>
  fact(
    'InvoiceIssued',
    `invoice-erp:${id}`,
    {
      legalEntity: 'de01',
      currency: 'EUR',
      total: euro(minor),
      lines: [{ line: '1', net: euro(minor), tax: euro(0), order, orderLine: 'A', qty: 2 }],
      shipment: of,
    },
    { account: 'erp', ...at(6) },
  );
const memo = (id: string, minor: number, data: Partial<EventData<'CreditMemoIssued'>> = {}) =>
  fact(
    'CreditMemoIssued',
    `invoice-erp:${id}`,
    {
      legalEntity: 'de01',
      currency: 'EUR',
      total: euro(minor),
      lines: [{ line: '1', net: euro(minor), tax: euro(0), order, orderLine: 'A', qty: 1 }],
      ...data,
    },
    { account: 'erp', ...at(12) },
  );
const memoWithoutOrder = (data: Partial<EventData<'CreditMemoIssued'>> = {}) =>
  memo('C1', 500, { lines: [{ line: '1', net: euro(500), tax: euro(0) }], ...data });

const settled = (
  type: 'charge' | 'refund',
  minor: number,
  movement: string,
  line = `${type}-${movement}`,
) =>
  fact(
    'SettlementLineReported',
    'settlement-psp:4711',
    {
      line,
      type,
      legalEntity: 'de01',
      gross: euro(minor),
      fee: euro(0),
      tax: euro(0),
      net: euro(minor),
      reference: payment,
      movement,
    },
    { account: 'psp', ...at(25) },
  );
const tillClosed = (counted: number, version?: string) =>
  fact(
    'TillClosed',
    'till-store_7:2026-03-01',
    {
      node: 'store_7',
      businessDay: '2026-03-01',
      register: 'r1',
      session: 'z1',
      legalEntity: 'de01',
      counts: [{ tender: 'cash', expected: euro(100), counted: euro(counted) }],
    },
    { account: 'pos', ...at(1), ...(version === undefined ? {} : { version }) },
  );
const exchange = 'exchange-shop:x1';
const exchanged = fact(
  'ExchangeOpened',
  exchange,
  { order, kind: 'standard', newLines: [{ sku: 'B', qty: 1 }], difference: euro(2_860) },
  at(9),
);
const exchangeSettled = (minor: number) =>
  fact('ExchangeSettled', exchange, { difference: euro(minor) }, at(12));

function withdraw(event: AnyLedgerEvent, correction = 'k1'): AnyLedgerEvent {
  const { leaf, eventId, type, account } = event;
  return fact(
    'EventCorrected',
    leaf,
    { target: { leaf, eventId, type }, correction, reason: 'incorrect_data' },
    { account, ...at(28) },
  );
}

const known = [
  'captured_twice',
  'captured_after_void',
  'captured_after_expiry',
  'captured_above_authorization',
  'authorization_expired_before_dispatch',
  'authorization_expires_while_held',
  'refund_exceeds_capture',
  'refund_without_credit',
  'refund_above_received_value',
  'refunded_while_disputed',
  'disputed_after_refund',
  'refund_failed',
  'refund_ahead_of_erp',
  'credit_without_refund',
  'exchange_not_balanced',
  'invoiced_twice',
  'invoice_differs_from_performance',
  'credit_memo_without_order',
  'settlement_differs_from_payment',
  'settled_movement_unknown',
  'till_over_or_short',
];

function findingRows(events: readonly AnyLedgerEvent[]): readonly (readonly unknown[])[] {
  return [...(fullFold(events).get('order_timeline.finding')?.values() ?? [])];
}

/** The codes of the findings about money, once each, of an order with these facts. */
function codes(events: readonly AnyLedgerEvent[]): readonly string[] {
  const found = new Set(findingRows([captured, ...events]).map(([, code]) => String(code)));
  return known.filter((code) => found.has(code));
}

type Case = readonly [string, readonly AnyLedgerEvent[], readonly string[]];

function finds(cases: readonly Case[]): void {
  it.each(cases)('finds of %s', (_name, events, expected) => {
    expect(codes(events)).toEqual(expected);
    expect(codes([...events].reverse())).toEqual(expected);
  });
}

describe('money that comes in', () => {
  const reauthorized = authorized(5, 'au2');
  finds([
    ['an order paid once', [authorized(1), paid(2)], []],
    ['an order paid twice', [paid(2), paidAgain], ['captured_twice']],
    [
      'an order paid twice whose second payment went back',
      [paid(2), paidAgain, money('RefundIssued', 6, whole, { refund: 'x' }, second)],
      [],
    ],
    ['an order paid in two equal halves', [paid(2, 'a', 1_000), paid(3, 'b', 1_000)], []],
    ['a capture after a void', [authorized(1), voided(2), paid(3)], ['captured_after_void']],
    ['a capture before a void', [authorized(1), paid(2), voided(3)], []],
    [
      'a capture of another authorization than was called off',
      [authorized(1), voided(2), reauthorized, paid(6, 'ch', whole, 'au2')],
      [],
    ],
    [
      'a void that was told by mistake',
      [authorized(1), voided(2), paid(3), withdraw(voided(2))],
      [],
    ],
    ['a capture after the expiry', [authorized(1), expired(2), paid(3)], ['captured_after_expiry']],
    [
      'a capture of an authorization renewed after the expiry',
      [authorized(1), expired(2), reauthorized, paid(6)],
      [],
    ],
    [
      'more captured than authorized',
      [authorized(1, 'au', undefined, 1_500), paid(2)],
      ['captured_above_authorization'],
    ],
    [
      'more captured than first authorized, and more authorized since',
      [authorized(1, 'au', undefined, 1_500), authorized(1, 'au2', undefined, 500), paid(2)],
      [],
    ],
  ]);
});

describe('the window of an authorization', () => {
  finds([
    [
      'an authorization that expired before the goods left',
      [authorized(1), expired(8)],
      ['authorization_expired_before_dispatch'],
    ],
    [
      'an authorization that expired and was renewed',
      [authorized(1), expired(8), authorized(9, 'au2')],
      [],
    ],
    ['an authorization that expired after the capture', [authorized(1), paid(2), expired(8)], []],
    [
      'goods that left after the last day of the authorization',
      [authorized(1, 'au', '2026-03-08'), dispatched(9)],
      ['authorization_expired_before_dispatch'],
    ],
    [
      'goods that left on the last day of the authorization',
      [authorized(1, 'au', '2026-03-08'), dispatched(8)],
      [],
    ],
    [
      'a hold that outlasts the authorization',
      [authorized(1, 'au', '2026-03-08'), held(2)],
      ['authorization_expires_while_held'],
    ],
    [
      'a hold that was released in time',
      [authorized(1, 'au', '2026-03-08'), held(2), letGo(5)],
      [],
    ],
    ['a hold of an order that is paid', [authorized(1, 'au', '2026-03-08'), held(2), paid(3)], []],
  ]);
});

describe('money that goes back', () => {
  const performed = [paid(2), dispatched(3)];
  finds([
    ['a credit that was refunded', [...performed, granted(9, 500), refunded(10, 500)], []],
    ['a credit nobody refunded', [...performed, granted(9, 500)], ['credit_without_refund']],
    ['a refund nobody granted', [...performed, refunded(9, 500)], ['refund_without_credit']],
    [
      'more refunded than captured',
      [...performed, granted(9, 2_500), refunded(9, 2_500)],
      ['refund_exceeds_capture'],
    ],
    [
      'more refunded than captured, of which some came back',
      [...performed, granted(9, 2_000), refunded(9, 2_500), reversed(10, 500, 'other')],
      [],
    ],
    [
      'a refund that failed',
      [...performed, granted(9, 500), refundFailed(10, 500)],
      ['refund_failed', 'credit_without_refund'],
    ],
    [
      'a refund that failed and was sent again',
      [...performed, granted(9, 500), refundFailed(10, 500), refunded(11, 500)],
      [],
    ],
    [
      'a refund that was sent and came back',
      [...performed, granted(9, 500), refunded(10, 500), reversed(11, 500, 're10')],
      ['credit_without_refund'],
    ],
    [
      'a refund above the value of what was received',
      [...performed, received(1), granted(9, 1_500, 'return'), refunded(10, 1_500)],
      ['refund_above_received_value'],
    ],
    [
      'a refund of the value of what was received',
      [...performed, received(1), granted(9, 1_000, 'return'), refunded(10, 1_000)],
      [],
    ],
    [
      'a refund of goods that came back later',
      [...performed, granted(9, 2_000, 'return'), refunded(10, 2_000), received(2)],
      [],
    ],
    [
      'a refund above the received value that was approved',
      [
        ...performed,
        received(1),
        granted(9, 1_500, 'return', 'a1'),
        refunded(10, 1_500),
        approvalAsked,
        approvalGiven,
      ],
      [],
    ],
    [
      'a refund above the received value whose approval nobody gave',
      [
        ...performed,
        received(1),
        granted(9, 1_500, 'return', 'a1'),
        refunded(10, 1_500),
        approvalAsked,
      ],
      ['refund_above_received_value'],
    ],
    [
      'a request above the received value',
      [...performed, received(1), requested(1_500), approved(1_500)],
      ['refund_above_received_value'],
    ],
    [
      'a request above the received value that names its approval',
      [
        ...performed,
        received(1),
        requested(1_500),
        approved(1_500, 'approval-shop:a1'),
        approvalAsked,
        approvalGiven,
      ],
      [],
    ],
    [
      'a request above the received value that was rejected',
      [...performed, received(1), requested(1_500), rejected],
      [],
    ],
    [
      'a settled exchange of another difference than was agreed',
      [exchanged, exchangeSettled(2_800)],
      ['exchange_not_balanced'],
    ],
    ['an exchange settled as agreed', [exchanged, exchangeSettled(2_860)], []],
  ]);
});

describe('a dispute', () => {
  const refundedFirst = [
    paid(2),
    dispatched(3),
    granted(9, whole),
    refunded(10, whole),
    disputed(12),
  ];
  const refundedLast = [
    paid(2),
    dispatched(3),
    granted(9, whole),
    disputed(10),
    refunded(12, whole),
  ];
  finds([
    ['after the refund', refundedFirst, ['disputed_after_refund']],
    ['during which money went back', refundedLast, ['refunded_while_disputed']],
    ['after the refund that was won', [...refundedFirst, ended('DisputeWon')], []],
    [
      'after the refund that was lost',
      [...refundedFirst, ended('DisputeLost')],
      ['disputed_after_refund'],
    ],
    ['that the refund closed', [...refundedLast, ended('DisputeClosedByRefund')], []],
    [
      'that only asks',
      [paid(2), dispatched(3), granted(9, whole), disputed(10, 'inquiry'), refunded(12, whole)],
      [],
    ],
    [
      'of what was granted, until it is decided',
      [paid(2), dispatched(3), granted(9, whole), disputed(10)],
      [],
    ],
  ]);
  it('says that nothing may be refunded again, and until when evidence is taken', () => {
    const words = findingRows([captured, ...refundedFirst, evidenceDue])
      .filter(([, code]) => code === 'disputed_after_refund')
      .map((row) => row[3]);
    expect(words).toEqual([
      '2000 minor units of EUR had gone back before it was disputed. Do NOT refund again; evidence due 2026-05-12.',
    ]);
  });
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
