import { describe, expect, it } from 'vitest';
import {
  type AnyLedgerEvent,
  type CreditGranted,
  type EventData,
  type EventType,
  factIdOf,
  type OrderLine,
} from '#events';
import type { DecisionResult } from '../decision.js';
import { grantCredit } from './credit-decision.js';
import { creditFold } from './credit-decision-state.js';

const fold = creditFold({ accounts: {}, legalEntities: {}, authority: [] });
const leaf = 'order-shop.eu:1001';
const eur = (minor: number) => ({ minor, currency: 'EUR' });

function event<Type extends EventType>(
  type: Type,
  data: EventData<Type>,
  more: { readonly account?: string; readonly version?: string } = {},
): AnyLedgerEvent {
  const parts = {
    type,
    leaf,
    kind: 'fact' as const,
    account: more.account ?? 'shop.eu',
    occurrence: {
      occurredAt: '2026-03-01T10:00:00.000Z',
      precision: 'instant' as const,
      notBefore: null,
      notAfter: null,
    },
    version: more.version ?? null,
    transaction: null,
    data,
  };
  const arrival = {
    recordedAt: '',
    recordedBy: '',
    deliveryDigest: '',
    translatorVersion: '',
    revision: 0,
    sequence: 0,
  };
  return { ...parts, eventId: factIdOf(parts), arrival } as unknown as AnyLedgerEvent;
}

function goods(line: string, qty: number, gross: number, discount = 0, tax = 0): OrderLine {
  return {
    line,
    kind: 'goods',
    sku: 'mug',
    qty,
    uom: 'piece',
    gross: eur(gross),
    discount: eur(discount),
    taxes: [
      { amount: eur(tax), liable: 'seller' },
      { amount: eur(5_000), liable: 'marketplace' },
    ],
  };
}

const captured = (lines: OrderLine[], version?: string): AnyLedgerEvent =>
  event(
    'OrderCaptured',
    {
      legalEntity: 'DE01',
      currency: 'EUR',
      debtor: { kind: 'customer', id: 'c' },
      channel: 'web',
      lines,
    },
    version === undefined ? {} : { version },
  );

function creditOf(net: number, more: Partial<CreditGranted> = {}): CreditGranted {
  const lines = [{ net: eur(net), tax: eur(0) }];
  return {
    creditMemo: 'memo',
    legalEntity: 'DE01',
    currency: 'EUR',
    basis: 'goodwill',
    lines,
    ...more,
  };
}

function decide(credit: CreditGranted, ...events: readonly AnyLedgerEvent[]): DecisionResult {
  const state = events.reduce((before, each) => fold.evolve(before, each), fold.initial());
  return grantCredit({ account: 'oms', credit })(state);
}

/** The most that may be credited, as the refusals tell it. */
function ceiling(...events: readonly AnyLedgerEvent[]): unknown {
  const result = decide(creditOf(1_000_000), ...events);
  return result.outcome === 'refused' ? result.details?.['left'] : result;
}

describe('granting a credit', () => {
  const order = captured([goods('1', 4, 10_000, 1_000, 1_710)]);

  it('credits up to gross less discount with the seller’s tax, and nothing of a marketplace’s', () => {
    expect(ceiling(order)).toBe('10710');
    expect(decide(creditOf(10_710), order)).toMatchObject({
      outcome: 'accepted',
      events: [{ type: 'CreditGranted', data: { creditMemo: 'memo' } }],
    });
    expect(decide(creditOf(10_711), order)).toMatchObject({ code: 'credit_exceeds_order' });
  });

  it('counts every credit in force, whoever granted it, once', () => {
    const shop = event('CreditGranted', creditOf(4_000, { creditMemo: 's' }));
    const erp = event('CreditGranted', creditOf(700), { account: 'erp' });

    expect(ceiling(order, shop, erp)).toBe('6010');
    const correction = event('EventCorrected', {
      target: { leaf, eventId: shop.eventId, type: shop.type },
      correction: 'c',
      reason: 'incorrect_data',
    });
    expect(ceiling(order, shop, erp, correction)).toBe('10010');
  });

  it('leaves out cancelled units: by their share, or by what was released', () => {
    const byShare = event('OrderLineCancelled', { line: '1', qty: 1, cancellation: 'x' });
    const released = { goods: eur(2_000), discount: eur(500), tax: eur(10) };
    const asReleased = event('OrderLineCancelled', {
      line: '1',
      qty: 1,
      cancellation: 'x',
      released,
    });
    const whole = event('OrderCancelled', { cancellation: 'y' });

    // A quarter of 10,000 gross, 1,000 discount and 1,710 tax, whose last part is 428.
    expect(ceiling(order, byShare)).toBe(String(10_710 - (2_500 - 250 + 428)));
    expect(ceiling(order, asReleased)).toBe(String(10_710 - (2_000 - 500 + 10)));
    expect(ceiling(order, whole)).toBe('0');
  });

  it('credits no more units of a line than were ordered and not cancelled', () => {
    const units = (qty: number, creditMemo = 'memo') =>
      creditOf(0, { creditMemo, lines: [{ net: eur(1), tax: eur(0), line: '1', qty }] });
    const cancelled = event('OrderLineCancelled', { line: '1', qty: 1, cancellation: 'x' });
    const earlier = event('CreditGranted', units(1, 'e'));

    expect(decide(units(2), order, cancelled, earlier)).toMatchObject({ outcome: 'accepted' });
    expect(decide(units(3), order, cancelled, earlier)).toMatchObject({
      code: 'credited_units_exceed_order',
      details: { left: '2' },
    });
  });

  it('goes by the highest version of the order', () => {
    const amended = captured([goods('1', 4, 400)], '2');
    expect(ceiling(captured([goods('1', 4, 9_999)], '1'), amended)).toBe('400');
    expect(ceiling(amended, captured([goods('1', 4, 9_999)], '1'))).toBe('400');
  });

  it.each<[string, CreditGranted, readonly AnyLedgerEvent[]]>([
    ['order_unknown', creditOf(1), []],
    ['legal_entity_differs', creditOf(1, { legalEntity: 'FR01' }), [order]],
    ['currency_differs', creditOf(1, { currency: 'USD' }), [order]],
    [
      'order_line_unknown',
      creditOf(1, { lines: [{ net: eur(1), tax: eur(0), line: '9' }] }),
      [order],
    ],
    [
      'credit_already_granted',
      creditOf(1),
      [order, event('CreditGranted', creditOf(2), { account: 'oms' })],
    ],
    [
      'order_is_alias',
      creditOf(1),
      [
        order,
        event('ExternalReferenceAttached', {
          object: leaf,
          referenceType: 'order',
          reference: 'order-oms:7',
        }),
      ],
    ],
  ])('refuses with %s', (code, credit, events) => {
    expect(decide(credit, ...events)).toMatchObject({ outcome: 'refused', code });
  });
});
