import { describe, expect, it } from 'vitest';
import {
  carrierClaimsOf,
  disputesOf,
  invoicesOf,
  refundsOf,
  type Report,
  reportOf,
  settlementLinesOf,
  subjectViewOf,
  type SubjectView,
  tendersOf,
  tillSessionsOf,
} from '#domain';
import type { AnyLedgerEvent, EventData, EventType } from '#events';
import { euro, fact, type FactSketch } from '../fixtures/facts.js';
import { fullFold, plainReference } from '../fixtures/full-fold.js';

const order = 'order-shop:1';
const other = 'order-shop:2';
const payment = 'payment-psp:pi_1';
const giftCard = 'payment-giftly:gc_1';

const day = (of: number) => `2026-03-${String(of).padStart(2, '0')}T10:00:00.000Z`;
const at = (of: number): FactSketch => ({ at: day(of) });

function viewOf(...events: readonly AnyLedgerEvent[]): SubjectView {
  const homes = new Map<string, Report[]>();
  for (const event of events) {
    const report = reportOf(event, plainReference);
    homes.set(report.keys.home, [...(homes.get(report.keys.home) ?? []), report]);
  }
  return subjectViewOf(
    { subject: order, homes, referenceHomes: new Map(), absorbed: [] },
    plainReference,
  );
}

/** What a fold makes of facts, whichever way round they came. */
function folded<State>(
  fold: (view: SubjectView) => State,
  events: readonly AnyLedgerEvent[],
): State {
  const state = fold(viewOf(...events));
  expect(fold(viewOf(...[...events].reverse()))).toEqual(state);
  return state;
}

function money<Type extends EventType>(
  type: Type,
  on: number,
  minor: number,
  data: Partial<EventData<Type>>,
  leaf = payment,
): AnyLedgerEvent {
  const common = {
    tender: leaf === payment ? 'card' : 'gift_card',
    legalEntity: 'de01',
    amount: euro(minor),
    orderRefs: [{ order, amount: euro(minor) }],
  };
  // The classes differ in nothing else that matters here; the edge is not asked.
  return fact(type, leaf, { ...common, ...data } as never, { account: 'psp', ...at(on) });
}

const orderCaptured = fact(
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
        gross: euro(20_900),
        discount: euro(0),
        taxes: [],
      },
    ],
  },
  at(1),
);
const authorized = (minor: number, number = 'au', expiresAt = '2026-03-09') =>
  money('PaymentAuthorized', 1, minor, { authorization: number, expiresAt });
const paid = (minor: number, capture = 'ch', leaf = payment) =>
  money('PaymentCaptured', 3, minor, { capture }, leaf);
const settled = (type: 'charge' | 'refund', minor: number, movement?: string) =>
  fact(
    'SettlementLineReported',
    'settlement-psp:4711',
    {
      line: `${type} ${movement ?? ''}`,
      type,
      legalEntity: 'de01',
      gross: euro(minor),
      fee: euro(0),
      tax: euro(0),
      net: euro(minor),
      reference: payment,
      ...(movement === undefined ? {} : { movement }),
    },
    { account: 'psp', ...at(20) },
  );

describe('the tenders of an order', () => {
  it('are split by payment, with what is open, settled, refunded and disputed', () => {
    const facts = [
      orderCaptured,
      authorized(14_900),
      paid(14_900),
      paid(6_000, 'g', giftCard),
      money('RefundIssued', 8, 550, { refund: 're' }),
      money('DisputeFundsWithdrawn', 9, 1_000, { dispute: 'dp', withdrawal: 'w' }),
      money('DisputeFundsReinstated', 12, 400, { dispute: 'dp', reinstatement: 'i' }),
      settled('charge', 14_900, 'ch'),
    ];
    expect(folded(tendersOf, facts)).toEqual([
      {
        payment: giftCard,
        tender: 'gift_card',
        currency: 'EUR',
        authorized: 0n,
        openAuthorization: 0n,
        expiresAt: null,
        captured: 6_000n,
        refunded: 0n,
        disputed: 0n,
        settled: 0n,
      },
      {
        payment,
        tender: 'card',
        currency: 'EUR',
        authorized: 14_900n,
        openAuthorization: 0n,
        expiresAt: null,
        captured: 14_900n,
        refunded: 550n,
        disputed: 600n,
        settled: 14_900n,
      },
    ]);
  });
  it('count only the part that is for the order', () => {
    const shared = money('PaymentCaptured', 3, 10_000, {
      capture: 'ch',
      orderRefs: [
        { order, amount: euro(4_000) },
        { order: other, amount: euro(6_000) },
      ],
    });
    expect(folded(tendersOf, [orderCaptured, shared])).toMatchObject([{ captured: 4_000n }]);
  });
  it.each<[string, readonly AnyLedgerEvent[], bigint, string | null]>([
    ['nothing else is told', [], 15_000n, '2026-03-09'],
    ['some of it was captured', [paid(10_500)], 4_500n, '2026-03-09'],
    [
      'the rest of it was released',
      [paid(10_500), money('PaymentAuthorizationReleased', 4, 4_500, { release: 'r' })],
      0n,
      null,
    ],
    [
      'it expired',
      [money('PaymentAuthorizationExpired', 9, 15_000, { authorization: 'au' })],
      0n,
      null,
    ],
    [
      'the whole was called off after some had been captured',
      [paid(10_500), money('PaymentVoided', 4, 15_000, { authorization: 'au' })],
      0n,
      null,
    ],
    [
      'it was called off and another took its place',
      [
        money('PaymentVoided', 4, 15_000, { authorization: 'au' }),
        authorized(12_000, 'au2', '2026-03-20'),
      ],
      12_000n,
      '2026-03-20',
    ],
    [
      'the rest of it was called off and another took its place',
      [
        money('PaymentCaptured', 3, 10_500, { capture: 'ch', authorization: 'au' }),
        money('PaymentVoided', 4, 15_000, { authorization: 'au' }),
        authorized(12_000, 'au2', '2026-03-20'),
      ],
      12_000n,
      '2026-03-20',
    ],
  ])('leave open of an authorization what it is good for where %s', (_, facts, open, until) => {
    expect(folded(tendersOf, [orderCaptured, authorized(15_000), ...facts])).toMatchObject([
      { openAuthorization: open, expiresAt: until },
    ]);
  });
});

describe('a refund', () => {
  const performed = [orderCaptured, paid(20_900)];
  const granted = fact(
    'CreditGranted',
    order,
    {
      creditMemo: 'm1',
      legalEntity: 'de01',
      currency: 'EUR',
      basis: 'return',
      lines: [{ net: euro(500), tax: euro(50) }],
    },
    at(5),
  );
  const requested = money('RefundRequested', 6, 600, { request: 'q', basis: 'return' });
  const approved = money('RefundApproved', 7, 550, { request: 'q' });
  const rejected = fact('RefundRejected', payment, { request: 'q' }, at(7));
  const failed = money('RefundFailed', 8, 550, { refund: 're', decisionId: 'q' });
  const sent = money('RefundIssued', 9, 550, {
    refund: 're2',
    decisionId: 'q',
    acquirerReference: 'arn',
    expectedAt: '2026-03-14',
  });
  const back = money('RefundReversed', 10, 550, { refund: 're2' });
  it.each<[string, readonly AnyLedgerEvent[], string]>([
    ['granted', [granted], 'granted'],
    ['requested', [requested], 'requested'],
    ['approved', [requested, approved], 'approved'],
    ['rejected', [requested, rejected], 'rejected'],
    ['failed', [requested, approved, failed], 'failed'],
    ['sent', [requested, approved, failed, sent], 'sent'],
    ['settled', [requested, approved, sent, settled('refund', -550, 're2')], 'settled'],
    ['reversed', [requested, approved, sent, back], 'reversed'],
  ])('is %s', (_name, facts, state) => {
    expect(folded(refundsOf, [...performed, ...facts]).map((each) => each.state)).toEqual([state]);
  });
  it('is one, from its being granted to its being settled', () => {
    const facts = [granted, requested, approved, failed, sent, settled('refund', -550, 're2')];
    expect(folded(refundsOf, [...performed, ...facts])).toMatchObject([
      {
        payment,
        refund: 're2',
        tender: 'card',
        amount: euro(550),
        state: 'settled',
        grantedAt: day(5),
        approvedAt: day(7),
        sentAt: day(9),
        settledAt: day(20),
        expectedAt: '2026-03-14',
        reference: 'arn',
      },
    ]);
  });
  it('is the one that was asked for where its provider knows no decisions', () => {
    const unnamed = money('RefundIssued', 9, 550, { refund: 're2' });
    const another = money('RefundIssued', 9, 549, { refund: 're3' });
    const states = (...facts: readonly AnyLedgerEvent[]) =>
      folded(refundsOf, [...performed, ...facts]).map((each) => each.state);
    expect(states(requested, approved, unnamed)).toEqual(['sent']);
    expect(states(unnamed, approved, requested)).toEqual(['sent']);
    expect(states(requested, approved, another)).toEqual(['approved', 'sent']);
  });
  it('is one where it names the order by two of its names', () => {
    const alias = 'order-oms:1';
    const tied = fact(
      'ExternalReferenceAttached',
      alias,
      { object: alias, referenceType: 'order', reference: order },
      { account: 'oms', ...at(2) },
    );
    const byBoth = [order, alias].map((name) => ({ order: name, amount: euro(100) }));
    const both = money('RefundIssued', 9, 200, { refund: 're', orderRefs: byBoth });
    expect(folded(refundsOf, [...performed, tied, both])).toMatchObject([{ amount: euro(200) }]);
  });
  it('is owed only for what was granted and has not gone back', () => {
    const half = money('RefundIssued', 9, 300, { refund: 're' });
    expect(
      folded(refundsOf, [...performed, granted, half]).map(({ state, amount }) => [state, amount]),
    ).toEqual([
      ['sent', euro(300)],
      ['granted', euro(250)],
    ]);
  });
});

describe('the books', () => {
  it('take back a refund that came back', () => {
    const sent = money('RefundIssued', 9, 550, { refund: 're' });
    const back = money('RefundReversed', 10, 550, { refund: 're' });
    const balance = (...events: readonly AnyLedgerEvent[]) =>
      [...(fullFold([orderCaptured, paid(1_000), ...events]).get('erp_postings.balance') ?? [])]
        .filter(([, row]) => row[1] === 'clearing_card')
        .map(([, row]) => Number(row[4]) - Number(row[5]));
    expect(balance(sent)).toEqual([450]);
    expect(balance(back, sent)).toEqual([1_000]);
  });
});

describe('a dispute', () => {
  const opened = money('DisputeOpened', 5, 20_900, { dispute: 'dp', kind: 'chargeback' });
  const inquiry = money('DisputeOpened', 5, 20_900, { dispute: 'dp', kind: 'inquiry' });
  const withdrawn = money('DisputeFundsWithdrawn', 6, 20_900, {
    dispute: 'dp',
    withdrawal: 'w',
    fee: euro(1_500),
  });
  const reinstated = money('DisputeFundsReinstated', 9, 20_900, {
    dispute: 'dp',
    reinstatement: 'i',
  });
  const ended = (type: 'DisputeWon' | 'DisputeLost' | 'DisputeClosedByRefund', dispute = 'dp') =>
    fact(type, payment, { dispute }, { account: 'psp', ...at(10) });
  const again = money('SecondChargebackReceived', 12, 20_900, {
    dispute: 'dp2',
    firstDispute: 'dp',
  });
  const due = fact(
    'DisputeEvidenceDue',
    payment,
    { dispute: '', dueAt: '2026-05-12' },
    { account: 'shop', ...at(6) },
  );
  it.each<[string, readonly AnyLedgerEvent[], object]>([
    ['open', [opened], { state: 'open', amount: 20_900n, withdrawn: 0n, doNotRefund: true }],
    ['an inquiry', [inquiry], { state: 'inquiry', doNotRefund: false }],
    ['no inquiry once money is taken', [inquiry, withdrawn], { state: 'open', doNotRefund: true }],
    [
      'due evidence by whoever knows only the payment',
      [opened, due],
      { state: 'open', evidenceDueAt: '2026-05-12' },
    ],
    [
      'won, and cost the fee',
      [opened, withdrawn, reinstated, ended('DisputeWon')],
      { state: 'won', withdrawn: 0n, fee: 1_500n, doNotRefund: false },
    ],
    [
      'lost, with what it took',
      [opened, withdrawn, ended('DisputeLost', '')],
      { state: 'lost', withdrawn: 20_900n, doNotRefund: true },
    ],
    [
      'closed by the refund',
      [opened, ended('DisputeClosedByRefund')],
      { state: 'closed_by_refund', doNotRefund: false },
    ],
  ])('is %s', (_name, facts, expected) => {
    expect(folded(disputesOf, [orderCaptured, paid(20_900), ...facts])).toMatchObject([expected]);
  });
  it('may come again after it was won', () => {
    const facts = [orderCaptured, paid(20_900), opened, ended('DisputeWon'), again];
    expect(folded(disputesOf, facts).map(({ dispute, state }) => [dispute, state])).toEqual([
      ['dp', 'won'],
      ['dp2', 'open'],
    ]);
  });
});

describe('documents, payouts, claims and tills', () => {
  it('are shown as far as they are about the order', () => {
    const invoice = fact(
      'InvoiceIssued',
      'invoice-erp:1',
      {
        legalEntity: 'de01',
        currency: 'EUR',
        total: euro(3_000),
        lines: [
          { line: '1', net: euro(1_000), tax: euro(190), order },
          { line: '2', net: euro(1_800), tax: euro(0), order: other },
        ],
      },
      at(6),
    );
    expect(folded(invoicesOf, [orderCaptured, invoice])).toMatchObject([
      { invoice: 'invoice-erp:1', kind: 'invoice', own: 1_190n, lineCount: 1, total: euro(3_000) },
    ]);
  });
  it('tell in which batch a payment is paid out', () => {
    const lines = folded(settlementLinesOf, [
      orderCaptured,
      paid(100),
      settled('charge', 100, 'ch'),
    ]);
    expect(lines).toMatchObject([{ batch: 'settlement-psp:4711', payment, movement: 'ch' }]);
  });
  const claim = 'claim-dhl:1';
  const filed = fact(
    'CarrierClaimFiled',
    claim,
    { shipment: 'shipment-wms:1', cause: 'lost', amount: euro(6_000), legalEntity: 'de01' },
    at(6),
  );
  const accepted = fact(
    'CarrierClaimAccepted',
    claim,
    { amount: euro(5_000), legalEntity: 'de01' },
    at(8),
  );
  const rejected = fact('CarrierClaimRejected', claim, {}, at(7));
  const paidOut = (remittance: string, minor: number) =>
    fact(
      'CarrierClaimPaid',
      claim,
      { remittance, amount: euro(minor), legalEntity: 'de01' },
      at(9),
    );
  it.each<[string, readonly AnyLedgerEvent[], object]>([
    ['filed', [filed], { state: 'filed', claimed: euro(6_000), accepted: null, paid: 0n }],
    ['rejected', [filed, rejected], { state: 'rejected' }],
    ['accepted after it was rejected', [filed, rejected, accepted], { state: 'accepted' }],
    [
      'paid in part',
      [filed, accepted, paidOut('a', 2_000)],
      { state: 'partly_paid', paid: 2_000n },
    ],
    [
      'paid',
      [filed, accepted, paidOut('a', 2_000), paidOut('b', 3_000)],
      { state: 'paid', paid: 5_000n },
    ],
  ])('let a claim be %s', (_name, facts, expected) => {
    const claims = folded((view) => carrierClaimsOf(view, new Set(view.homes.keys())), facts);
    expect(claims).toMatchObject([{ shipment: 'shipment-wms:1', ...expected }]);
  });
  it('keep a register’s session from its float to its count', () => {
    const till = 'till-store_7:2026-03-01';
    const session = { node: 'store_7', businessDay: '2026-03-01', register: 'r1', session: 'z1' };
    const opened = fact('TillOpened', till, { ...session, float: euro(200) }, at(1));
    const counts = [{ tender: 'cash' as const, expected: euro(900), counted: euro(880) }];
    const closed = fact('TillClosed', till, { ...session, legalEntity: 'de01', counts }, at(2));
    const homes = new Set(
      [opened, closed].map((event) => reportOf(event, plainReference).keys.home),
    );
    expect(folded((view) => tillSessionsOf(view, homes), [opened, closed])).toMatchObject([
      { till, register: 'r1', session: 'z1', float: euro(200), counts, openedAt: day(1) },
    ]);
  });
});
