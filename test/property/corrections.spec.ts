import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { euro, fact, type FactSketch } from '../fixtures/facts.js';
import { fullFold, textOf } from '../fixtures/full-fold.js';
import { whatCounts } from '../fixtures/what-counts.js';

const payment = 'payment-psp:pi_1';

function order(id: string): AnyLedgerEvent {
  return fact('OrderCaptured', `order-shop:${id}`, {
    legalEntity: 'de01',
    currency: 'EUR',
    debtor: { kind: 'customer', id: `c${id}` },
    channel: 'web',
    lines: [
      {
        line: '1',
        kind: 'goods',
        sku: 'A',
        qty: 1,
        uom: 'each',
        gross: euro(1_000),
        discount: euro(0),
        taxes: [],
      },
    ],
  });
}

const capture = fact(
  'PaymentCaptured',
  payment,
  { tender: 'card', amount: euro(1_000), legalEntity: 'de01', capture: 'ch', orderRefs: null },
  { account: 'psp' },
);

function tie(id: string): AnyLedgerEvent {
  return fact(
    'ExternalReferenceAttached',
    payment,
    { object: payment, referenceType: 'order', reference: `order-shop:${id}` },
    { account: 'crm' },
  );
}

function correct(
  target: AnyLedgerEvent,
  correction: string,
  sketch: FactSketch & { readonly reason?: 'incorrect_data' | 'did_not_occur' } = {},
): AnyLedgerEvent {
  const { reason = 'incorrect_data', ...rest } = sketch;
  return fact(
    'EventCorrected',
    target.leaf,
    {
      target: { leaf: target.leaf, eventId: target.eventId, type: target.type },
      correction,
      reason,
    },
    { account: target.account, ...rest },
  );
}

describe('corrections', () => {
  const world = [order('1'), order('2'), capture];

  it('move a wrong tie as if it had been right from the start', () => {
    const wrong = tie('1');
    expect(whatCounts([...world, wrong, correct(wrong, 'k1'), tie('2')])).toBe(
      whatCounts([...world, tie('2')]),
    );
  });
  it('may come before their target', () => {
    const wrong = tie('1');
    const correction = correct(wrong, 'k1');
    expect(textOf(fullFold([correction, ...world, tie('2'), wrong]))).toBe(
      textOf(fullFold([...world, wrong, tie('2'), correction])),
    );
  });
  it('may be corrected, and then their target counts again', () => {
    const first = correct(capture, 'k1');
    const history = [...world, tie('1'), first, correct(first, 'k2')];
    expect(whatCounts(history)).toBe(whatCounts([...world, tie('1')]));
  });
  it('of another account annul nothing and are a finding', () => {
    const findings = fullFold([
      ...world,
      tie('1'),
      correct(capture, 'k1', { account: 'elsewhere' }),
    ]).get('order_timeline.finding');
    expect(
      [...(findings?.keys() ?? [])].filter((key) => key.includes('correction_not_allowed')),
    ).toHaveLength(1);
  });
  it('that say it did not occur annul every witness of equal or worse rank', () => {
    const witness = fact(
      'PaymentCaptured',
      payment,
      { tender: 'card', amount: euro(1_000), legalEntity: 'de01', capture: 'ch', orderRefs: null },
      { account: 'shop' },
    );
    const gone = correct(capture, 'k1', { reason: 'did_not_occur' });
    const captured = (events: readonly AnyLedgerEvent[]) =>
      fullFold(events).get('erp_postings.proposed_entry')?.size;
    expect(captured([...world, tie('1'), witness])).toBe(1);
    expect(captured([...world, tie('1'), witness, gone])).toBe(0);
    expect(captured([...world, tie('1'), witness, correct(capture, 'k1')])).toBe(1);
  });
});
