import { describe, expect, it } from 'vitest';
import { type GatheredFacts, reportOf, type SubjectView, subjectViewOf } from '#domain';
import type { AnyLedgerEvent } from '#events';
import { euro, fact, type FactSketch } from '../fixtures/facts.js';
import { fullFold, plainReference } from '../fixtures/full-fold.js';

const order = 'order-shop:1';
const payment = 'payment-psp:pi_1';

const captured = fact('OrderCaptured', order, {
  legalEntity: 'de01',
  currency: 'EUR',
  debtor: { kind: 'customer', id: 'c1' },
  channel: 'web',
  lines: [
    {
      line: '1',
      kind: 'goods',
      sku: 'A',
      qty: 4,
      uom: 'each',
      gross: euro(4_000),
      discount: euro(0),
      taxes: [],
    },
  ],
});

function capture(number: string, minor: number, sketch: FactSketch): AnyLedgerEvent {
  return fact(
    'PaymentCaptured',
    payment,
    {
      tender: 'card',
      amount: euro(minor),
      legalEntity: 'de01',
      capture: number,
      orderRefs: [{ order, amount: euro(minor) }],
    },
    sketch,
  );
}

function dispatch(leaf: string, qty: number, tracking: string, sketch: FactSketch) {
  return fact(
    'ShipmentDispatched',
    leaf,
    {
      kind: 'original',
      lines: [{ order, orderLine: '1', qty }],
      trackings: [{ carrier: 'dhl', tracking }],
    },
    sketch,
  );
}

type Reason = 'incorrect_data' | 'did_not_occur';

function correct(
  target: AnyLedgerEvent,
  correction: string,
  reason: Reason,
  sketch: FactSketch = {},
): AnyLedgerEvent {
  const { leaf, eventId, type, account } = target;
  return fact(
    'EventCorrected',
    leaf,
    { target: { leaf, eventId, type }, correction, reason },
    { account, ...sketch },
  );
}

function tie(object: string, referenceType: string, reference: string, sketch: FactSketch = {}) {
  return fact('ExternalReferenceAttached', object, { object, referenceType, reference }, sketch);
}

function gathered(
  subject: string,
  events: readonly AnyLedgerEvent[],
  absorbed: readonly GatheredFacts[] = [],
): GatheredFacts {
  const reports = events.map((event) => reportOf(event, plainReference));
  return {
    subject,
    homes: new Map([[subject, reports]]),
    referenceHomes: new Map(),
    absorbed,
  };
}

function viewOf(events: readonly AnyLedgerEvent[], subject = order): SubjectView {
  return subjectViewOf(gathered(subject, events), plainReference);
}

/** The standings of the events, in the order given, whichever way round they came. */
function standings(events: readonly AnyLedgerEvent[]): readonly (string | undefined)[] {
  const standingOf = (arrived: readonly AnyLedgerEvent[]) => {
    const found = viewOf(arrived).events;
    return events.map(
      ({ eventId }) => found.find(({ event }) => event.eventId === eventId)?.standing,
    );
  };
  const result = standingOf(events);
  expect(standingOf([...events].reverse())).toEqual(result);
  return result;
}

function balanceOf(account: string, events: readonly AnyLedgerEvent[]): bigint {
  return [...(fullFold(events).get('erp_postings.balance')?.values() ?? [])]
    .filter((row) => row[1] === account)
    .reduce((sum, row) => sum + BigInt(String(row[4])) - BigInt(String(row[5])), 0n);
}

function codes(events: readonly AnyLedgerEvent[]): readonly string[] {
  return viewOf(events).findings.map(({ code }) => code);
}

describe('long chains', () => {
  it('of corrections of corrections are followed to their end', () => {
    const chain: AnyLedgerEvent[] = [capture('ch', 1_000, { account: 'psp' })];
    for (let index = 0; index < 8_000; index += 1) {
      const last = chain.at(-1);
      if (last) chain.push(correct(last, `k${index}`, 'incorrect_data'));
    }
    const found = new Map(viewOf(chain).events.map((each) => [each.event.eventId, each.standing]));
    const ends = [chain[0], chain[1], chain[2], chain.at(-1)];
    expect(ends.map((event) => found.get(event?.eventId ?? ''))).toEqual([
      'effective',
      'annulled',
      'effective',
      'effective',
    ]);
  });
  it('of aliases are judged in one pass', () => {
    const name = (index: number) => `order-shop:${String(index).padStart(5, '0')}`;
    const ties = Array.from({ length: 5_000 }, (_, index) =>
      tie(name(index + 1), 'order', name(index)),
    );
    const start = performance.now();
    expect(viewOf(ties, name(0)).orders.size).toBe(5_001);
    expect(viewOf(ties, name(5_000)).aliasOf).toBe(name(0));
    // Walking every alias to its end on its own takes minutes, one pass milliseconds.
    expect(performance.now() - start).toBeLessThan(20_000);
  });
  it('of absorbed orders are gathered', () => {
    let facts = gathered('order-shop:0', []);
    for (let index = 1; index <= 20_000; index += 1) {
      facts = gathered(`order-shop:${index}`, [], [facts]);
    }
    expect(subjectViewOf(facts, plainReference).homes.size).toBe(20_001);
  });
});

describe('aliases', () => {
  const at = (day: number): FactSketch => ({ at: `2026-03-0${day}T10:00:00.000Z` });

  it('in a circle survive under the least name, and so do those tied to the circle', () => {
    const circle = [
      tie('order-b:1', 'order', 'order-c:1'),
      tie('order-c:1', 'order', 'order-a:1'),
      tie('order-a:1', 'order', 'order-b:1'),
      tie('order-d:1', 'order', 'order-c:1'),
    ];
    const view = viewOf(circle, 'order-a:1');
    expect(view.aliasOf).toBeNull();
    expect([...view.orders]).toEqual(['order-a:1', 'order-b:1', 'order-c:1', 'order-d:1']);
    expect(viewOf(circle, 'order-d:1').aliasOf).toBe('order-a:1');
    expect(viewOf(circle, 'order-b:1').orders.size).toBe(1);
  });
  it('keep their first tie', () => {
    const ties = [
      tie('order-b:1', 'order', 'order-z:1', at(2)),
      tie('order-b:1', 'order', 'order-y:1', at(1)),
    ];
    expect(viewOf(ties, 'order-b:1').aliasOf).toBe('order-y:1');
  });
});

describe('a dispatch whose tracking number was mistyped at first', () => {
  const typo = dispatch('shipment-wms:1', 2, 'T2', { account: 'wms', version: '1' });
  const right = dispatch('shipment-wms:1', 2, 'T1', { account: 'wms', version: '2' });
  const other = dispatch('shipment-store:9', 1, 'T2', { account: 'store' });

  it('leaves the shipment that bears the number its own', () => {
    expect(standings([typo, right, other])).toEqual(['superseded', 'effective', 'effective']);
    expect(balanceOf('revenue', [captured, typo, right, other])).toBe(-3_000n);
  });
  it('gives the superseded report the happening of its winner', () => {
    const happenings = viewOf([typo, right, other]).events.map(
      ({ event, happening }) => [event.eventId, happening] as const,
    );
    const happeningOf = new Map(happenings);
    expect(happeningOf.get(typo.eventId)).toBe(happeningOf.get(right.eventId));
    expect(happeningOf.get(typo.eventId)).not.toBe(happeningOf.get(other.eventId));
  });
});

describe('what did not occur', () => {
  const sent = dispatch('shipment-wms:1', 1, 'T1', { account: 'wms' });
  const elsewhere = dispatch('shipment-store:9', 1, 'T9', { account: 'store' });
  const same = tie('shipment-wms:1', 'shipment', 'shipment-store:9', { account: 'crm' });
  const gone = correct(sent, 'k1', 'did_not_occur');

  it('takes with it the shipment it is tied to', () => {
    expect(standings([sent, elsewhere, same, gone])).toEqual([
      'annulled',
      'annulled',
      'effective',
      'effective',
    ]);
  });
  it.each(['incorrect_data', 'did_not_occur'] as const)(
    'does not follow a tie that was annulled as %s',
    (reason) => {
      const untied = correct(same, 'k2', reason);
      expect(standings([sent, elsewhere, same, untied, gone]).slice(0, 3)).toEqual([
        'annulled',
        'effective',
        'annulled',
      ]);
    },
  );
  it('does not follow a tie whose other witness did not occur', () => {
    const witness = tie('shipment-wms:1', 'shipment', 'shipment-store:9', {
      account: 'erp',
      at: '2026-03-02T10:00:00.000Z',
    });
    const untied = correct(witness, 'k2', 'did_not_occur');
    expect(standings([sent, elsewhere, same, witness, untied, gone]).slice(0, 4)).toEqual([
      'annulled',
      'effective',
      'annulled',
      'annulled',
    ]);
  });
  it('takes with it the witnesses that share its parcel', () => {
    const carrier = dispatch('shipment-dhl:T1', 1, 'T1', { account: 'dhl' });
    expect(standings([sent, carrier, gone]).slice(0, 2)).toEqual(['annulled', 'annulled']);
  });
  it('takes with it an earlier version of the same report', () => {
    const later = dispatch('shipment-wms:1', 2, 'T1', { account: 'wms', version: '2' });
    const history = [sent, later, correct(later, 'k1', 'did_not_occur')];
    expect(standings(history).slice(0, 2)).toEqual(['annulled', 'annulled']);
  });
});

describe('statements of one report', () => {
  it('of equal or no version: the least in time counts', () => {
    const early = dispatch('shipment-wms:1', 1, 'T1', { at: '2026-03-01T10:00:00.000Z' });
    const late = dispatch('shipment-wms:1', 2, 'T1', { at: '2026-03-02T10:00:00.000Z' });
    expect(standings([early, late])).toEqual(['effective', 'superseded']);
    const [early1, late1] = [early, late].map((event) =>
      dispatch('shipment-wms:1', event === early ? 1 : 2, 'T1', {
        version: '1',
        at: event.occurrence.occurredAt,
      }),
    );
    if (!early1 || !late1) throw new Error('Two statements were made.');
    expect(standings([early1, late1])).toEqual(['effective', 'superseded']);
    expect(standings([early, late, late1])).toEqual(['superseded', 'superseded', 'effective']);
  });
  it('of one promise: the latest counts, as in its register', () => {
    const promise = (line: string, promised: string, sketch: FactSketch) =>
      fact('PromiseDateSet', order, { line, promised }, { version: '1', ...sketch });
    const early = promise('1', '2026-04-01', { at: '2026-03-01T10:00:00.000Z' });
    const late = promise('1', '2026-04-01', { at: '2026-03-02T10:00:00.000Z' });
    expect(standings([early, late])).toEqual(['superseded', 'effective']);
  });
});

describe('a correction stated twice', () => {
  const provider = capture('ch', 1_000, { account: 'psp' });
  const witness = capture('ch', 1_000, { account: 'shop' });
  const first = correct(provider, 'k1', 'incorrect_data', { at: '2026-03-01T11:00:00.000Z' });
  const second = correct(provider, 'k1', 'did_not_occur', { at: '2026-03-01T12:00:00.000Z' });

  it('annuls by its least statement only', () => {
    expect(standings([provider, witness, first, second])).toEqual([
      'annulled',
      'effective',
      'effective',
      'superseded',
    ]);
    expect(codes([provider, witness, first, second])).toContain('source_contradicts_itself');
  });
  it('annuls by the other statement once the least was annulled', () => {
    const again = correct(first, 'k2', 'incorrect_data');
    expect(standings([provider, witness, first, second, again])).toEqual([
      'annulled',
      'annulled',
      'annulled',
      'effective',
      'effective',
    ]);
  });
});

describe('captures without the provider’s number', () => {
  const part1 = capture('', 1_000, { account: 'shop', transaction: 't1' });
  const part2 = capture('', 500, { account: 'shop', transaction: 't2' });
  const bank = capture('', 1_500, {
    account: 'bank',
    transaction: 'b1',
    at: '2026-03-03T10:00:00.000Z',
  });

  it('all count where one account reports them, and other accounts corroborate', () => {
    expect(standings([part1, part2, bank])).toEqual(['effective', 'effective', 'corroborates']);
    expect(balanceOf('clearing_card', [captured, part1, part2, bank])).toBe(1_500n);
  });
  it('disagree by what each account reports in all', () => {
    expect(codes([part1, part2, bank])).not.toContain('witnesses_disagree');
    expect(codes([part1, bank])).toContain('witnesses_disagree');
  });
  it('stop counting once a numbered one stands', () => {
    const numbered = capture('ch', 1_500, { account: 'psp' });
    expect(standings([part1, part2, numbered])).toEqual([
      'corroborates',
      'corroborates',
      'effective',
    ]);
  });
  it('stay when another of the same account did not occur', () => {
    const gone = correct(part1, 'k1', 'did_not_occur');
    expect(standings([part1, part2, gone])).toEqual(['annulled', 'effective', 'effective']);
    const both = [part1, part2, bank, gone, correct(part2, 'k2', 'did_not_occur')];
    expect(standings(both).slice(0, 3)).toEqual(['annulled', 'annulled', 'annulled']);
  });
  it('lend one another nothing', () => {
    const silent = fact(
      'PaymentCaptured',
      payment,
      { tender: 'card', amount: euro(700), legalEntity: 'de01', capture: '', orderRefs: null },
      { account: 'shop', transaction: 't0', at: '2026-02-01T10:00:00.000Z' },
    );
    const view = viewOf([silent, part1]);
    expect(view.effective('PaymentCaptured').map(({ event }) => event.data.orderRefs)).toEqual([
      null,
      [{ order, amount: euro(1_000) }],
    ]);
  });
});
