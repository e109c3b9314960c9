import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { compareText } from '#kernel';
import { euro, fact, type FactSketch } from '../fixtures/facts.js';
import { fullFold, textOf } from '../fixtures/full-fold.js';
import { Random } from '../fixtures/random.js';
import { countedTables, whatCounts } from '../fixtures/what-counts.js';

const isDeep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
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

describe('a payment that came without its order', () => {
  const world = [order('1'), order('2'), capture];

  it('is held under itself until a tie joins it, and then is as if it had said so at once', () => {
    const held = fullFold([capture]).get('erp_postings.contract_balance');
    expect([...(held?.keys() ?? [])].join()).toContain(payment);
    const joined = countedTables([...world, tie('1')]);
    const right = countedTables([order('1'), order('2'), namedIn('order-shop:1')]);
    for (const table of ['erp_postings.balance', 'erp_postings.contract_balance']) {
      expect([...(joined.get(table)?.entries() ?? [])], table).toEqual([
        ...(right.get(table)?.entries() ?? []),
      ]);
    }
    expect(whatCounts([tie('1'), ...world])).toBe(whatCounts([...world, tie('1')]));
  });
  it('leaves its order from the time on at which the tie was undone, and not before', () => {
    const later = fact(
      'PaymentCaptured',
      payment,
      { tender: 'card', amount: euro(700), legalEntity: 'de01', capture: 'ch2', orderRefs: null },
      { account: 'psp', at: '2026-03-09T10:00:00.000Z' },
    );
    const data = { object: payment, referenceType: 'order', reference: 'order-shop:1' };
    const undone = fact(
      'ExternalReferenceDetached',
      payment,
      { ...data, detachment: 'd1' },
      { account: 'crm', at: '2026-03-05T00:00:00.000Z' },
    );
    expect(contractsOf([...world, tie('1'), later])).toEqual([['order-shop:1', 1_700n]]);
    const history = [...world, tie('1'), later, undone];
    const expected = [
      ['order-shop:1', 1_000n],
      [payment, 700n],
    ];
    expect(contractsOf(history)).toEqual(expected);
    expect(contractsOf([...history].reverse())).toEqual(expected);
    expect(contractsOf([...history, tie('2')])).toEqual([
      ['order-shop:2', 700n],
      [payment, 1_000n],
    ]);
    expect(whatCounts([...history, correct(undone, 'k')])).toBe(
      whatCounts([...world, tie('1'), later]),
    );
  });
});

describe('chains of corrections', () => {
  const wrong = tie('1');
  const right = tie('2');
  const world = [order('1'), order('2'), capture, wrong, right];
  const chain = Array.from({ length: isDeep ? 60 : 6 }).reduce<readonly AnyLedgerEvent[]>(
    (links, _, index) => [...links, correct(links.at(-1) ?? wrong, `k${index}`)],
    [],
  );

  it('leave what their parity says, however they arrive', () => {
    for (let length = 1; length <= chain.length; length += 1) {
      const links = chain.slice(0, length);
      const counts = length % 2 === 1 ? [order('1'), order('2'), capture, right] : world;
      const expected = whatCounts(counts);
      expect(whatCounts([...world, ...links]), `${length} links`).toBe(expected);
      const shuffled = new Random(length).shuffled([...links, ...world, ...links]);
      expect(whatCounts(shuffled), `${length} links shuffled`).toBe(expected);
    }
  });
  it('replace what they annul: the right amount is as if it had been told first', () => {
    const mistaken = namedIn('order-shop:1', 900);
    const replaced = [mistaken, correct(mistaken, 'k'), namedIn('order-shop:1', 1_000)];
    expect(whatCounts([order('1'), ...replaced])).toBe(
      whatCounts([order('1'), namedIn('order-shop:1', 1_000)]),
    );
    expect(whatCounts([...replaced.slice(1), order('1')])).toBe(
      whatCounts([replaced[2]!, order('1'), replaced[1]!]),
    );
  });
});

function namedIn(reference: string, minor = 1_000): AnyLedgerEvent {
  const orderRefs = [{ order: reference, amount: euro(minor) }];
  return fact(
    'PaymentCaptured',
    payment,
    { tender: 'card', amount: euro(minor), legalEntity: 'de01', capture: 'ch', orderRefs },
    { account: 'psp' },
  );
}

/** What was paid into each contract, or waits under its payment. */
function contractsOf(events: readonly AnyLedgerEvent[]): readonly (readonly unknown[])[] {
  const rows = fullFold(events).get('erp_postings.contract_balance')?.values() ?? [];
  return [...rows]
    .map((row) => [String(row[0]), row[5]] as const)
    .sort(([left], [right]) => compareText(left, right));
}
