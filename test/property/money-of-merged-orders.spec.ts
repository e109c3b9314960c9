import { describe, expect, it } from 'vitest';
import { disputesOf, reportOf, type SubjectView, subjectViewOf } from '#domain';
import type { AnyLedgerEvent } from '#events';
import { euro, fact } from '../fixtures/facts.js';
import { fullFold, plainReference } from '../fixtures/full-fold.js';
import { countedTables } from '../fixtures/what-counts.js';

const web = 'order-shop:1';
const erp = 'order-erp:9';
const payment = 'payment-psp:1';
const by = (account: string, day: number) => ({ account, at: `2026-03-0${day}T10:00:00.000Z` });

function captured(leaf: string, account: string): AnyLedgerEvent {
  const line = { line: '1', kind: 'goods' as const, sku: 'A', qty: 1, uom: 'each' };
  return fact(
    'OrderCaptured',
    leaf,
    {
      legalEntity: 'de01',
      currency: 'EUR',
      debtor: { kind: 'customer', id: 'c1' },
      channel: 'web',
      lines: [{ ...line, gross: euro(2_000), discount: euro(0), taxes: [] }],
    },
    { account },
  );
}

/** A report that names one order, or leaves that to others. */
function money(order: string | null, amount = euro(2_000)) {
  return { tender: 'card' as const, legalEntity: 'de01', amount, orderRefs: refs(order, amount) };
}
const refs = (order: string | null, amount = euro(2_000)) =>
  order === null ? null : [{ order, amount }];

const approved = (order: string, account: string): AnyLedgerEvent =>
  fact('PaymentAuthorized', payment, { ...money(order), authorization: account }, by(account, 1));
const paid = fact('PaymentCaptured', payment, { ...money(null), capture: 'c1' }, by('psp', 2));
const marked = fact(
  'OrderMarkedDuplicate',
  erp,
  { survivingOrder: web, approval: 'approval-daybook:1' },
  { kind: 'decision', ...by('desk', 4) },
);
const reverted = fact(
  'OrderMergeReverted',
  erp,
  { survivingOrder: web, mergedBy: marked.eventId, approval: 'approval-daybook:2' },
  { kind: 'decision', ...by('desk', 5) },
);
const both = [captured(web, 'shop'), captured(erp, 'erp')];
const tie = (reference: string): AnyLedgerEvent =>
  fact(
    'ExternalReferenceAttached',
    payment,
    { object: payment, referenceType: 'order', reference },
    by('psp', 1),
  );

function contracts(events: readonly AnyLedgerEvent[]): readonly string[] {
  return [...(countedTables(events).get('erp_postings.contract_balance')?.values() ?? [])]
    .map((row) => row.map(String).join(' '))
    .sort();
}

function unapplied(events: readonly AnyLedgerEvent[]): number {
  return [...(fullFold(events).get('order_timeline.finding')?.values() ?? [])].filter(
    ([, code]) => code === 'payment_not_applied',
  ).length;
}

describe('a payment whose witnesses name one order by two names', () => {
  it.each([
    ['their reports', [approved(web, 'shop'), approved(erp, 'erp'), paid]],
    ['their ties', [tie(web), tie(erp), paid]],
  ])('in %s is of the order that goes on, once the two are one', (_name, reports) => {
    const history = [...both, ...reports];
    expect(unapplied(history)).toBeGreaterThan(0);
    expect(unapplied([...history, marked])).toBe(0);
    expect(contracts([...history, marked])).toEqual([
      expect.stringMatching(new RegExp(`^${web} .* 0 2000$`)),
    ]);
    expect(contracts([marked, ...history.reverse()])).toEqual(contracts([...history, marked]));
  });
  it('is of none that is known when the merge is reverted', () => {
    const history = [...both, approved(web, 'shop'), approved(erp, 'erp'), paid];
    expect(contracts([...history, marked, reverted])).toEqual(contracts(history));
    expect(unapplied([...history, marked, reverted])).toBe(unapplied(history));
  });
});

function viewOf(subject: string, events: readonly AnyLedgerEvent[]): SubjectView {
  const homes = new Map<string, ReturnType<typeof reportOf>[]>();
  for (const event of events) {
    const report = reportOf(event, plainReference);
    homes.set(report.keys.home, [...(homes.get(report.keys.home) ?? []), report]);
  }
  return subjectViewOf({ subject, homes, referenceHomes: new Map(), absorbed: [] }, plainReference);
}

describe('a dispute', () => {
  const opened = (dispute: string) =>
    fact(
      'DisputeOpened',
      payment,
      { dispute, kind: 'chargeback', amount: euro(2_000), orderRefs: refs(web) },
      by('psp', 3),
    );
  const won = (dispute: string, day: number) =>
    fact('DisputeWon', payment, { dispute }, by('psp', day));
  const lost = (dispute: string) => fact('DisputeLost', payment, { dispute }, by('psp', 8));
  const again = (dispute: string, firstDispute?: string) =>
    fact(
      'SecondChargebackReceived',
      payment,
      {
        dispute,
        amount: euro(2_000),
        orderRefs: refs(web),
        ...(firstDispute === undefined ? {} : { firstDispute }),
      },
      by('psp', 6),
    );
  const told = (...events: readonly AnyLedgerEvent[]) =>
    disputesOf(viewOf(web, [...both, ...events]));

  it('takes its fee once from an order that is named by two names', () => {
    const withdrawn = fact(
      'DisputeFundsWithdrawn',
      payment,
      {
        dispute: 'd1',
        withdrawal: 'w1',
        tender: 'card',
        legalEntity: 'de01',
        amount: euro(2_000),
        fee: euro(150),
        orderRefs: [
          { order: web, amount: euro(1_200) },
          { order: erp, amount: euro(800) },
        ],
      },
      by('psp', 5),
    );
    expect(told(marked, withdrawn)).toMatchObject([{ withdrawn: 2_000n, fee: 150n }]);
  });
  it.each(['', 'd1'])(
    'numbered %j that is raised again without a number is no second one',
    (number) => {
      expect(told(opened(number), won(number, 5), again(''))).toMatchObject([
        { state: 'open', amount: 2_000n, doNotRefund: true },
      ]);
      expect(told(opened(number), won(number, 5), again(''), lost(number))).toMatchObject([
        { state: 'lost', amount: 2_000n },
      ]);
    },
  );
  it('that is raised again names the one it is of, and under a number of its own is another', () => {
    expect(told(opened('d1'), opened('d2'), again('', 'd1'))).toHaveLength(2);
    expect(told(opened('d1'), again('d9', 'd1'))).toHaveLength(2);
  });
});
