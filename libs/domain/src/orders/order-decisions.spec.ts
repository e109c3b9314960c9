import { describe, expect, it } from 'vitest';
import { type AnyLedgerEvent, type EventData, type EventType, factIdOf } from '#events';
import type { Decide } from '../decision.js';
import { type StreamEvents, streamEventsFold } from '../stream-events.js';
import { transferBalance } from './balance-transfer-decision.js';
import { markDuplicate, revertMerge } from './merge-decision.js';
import { relatedOrderOf } from './related-order.js';

const fold = streamEventsFold({ accounts: {}, legalEntities: {}, authority: [] });
const [copy, shop, other] = ['order-oms:9001', 'order-shop:1001', 'order-shop:1002'];
const approval = 'approval-daybook:ap1';
const eur = (minor: number) => ({ minor, currency: 'EUR' });

function event<Type extends EventType>(
  leaf: string,
  type: Type,
  data: EventData<Type>,
): AnyLedgerEvent {
  const kind = type === 'OrderCaptured' || type === 'EventCorrected' ? 'fact' : 'decision';
  const occurredAt = '2026-03-01T10:00:00.000Z';
  const occurrence = { occurredAt, precision: 'instant', notBefore: null, notAfter: null };
  const account = leaf === copy ? 'oms' : 'shop';
  const parts = { type, leaf, kind, account, occurrence, version: null, transaction: null, data };
  const known = parts as unknown as Parameters<typeof factIdOf>[0];
  const arrival = { recordedAt: '', recordedBy: '', deliveryDigest: '', revision: 0, sequence: 0 };
  return { ...parts, eventId: factIdOf(known), arrival } as unknown as AnyLedgerEvent;
}

const capturedAs = (leaf: string, legalEntity = 'de01', currency = 'EUR') =>
  event(leaf, 'OrderCaptured', {
    legalEntity,
    currency,
    debtor: { kind: 'customer', id: 'c' },
    channel: 'web',
    lines: [],
  });

const stream = (...events: readonly AnyLedgerEvent[]): StreamEvents =>
  events.reduce((state, each) => fold.evolve(state, each), fold.initial());
const survivor = (...events: readonly AnyLedgerEvent[]) => relatedOrderOf(shop, stream(...events));
const outcomeOf = (decide: Decide<StreamEvents>, ...events: readonly AnyLedgerEvent[]) => {
  const result = decide(stream(...events));
  return result.outcome === 'refused' ? result.code : result.events.map(({ type }) => type);
};

const duplicate = { survivingOrder: shop, approval, reason: 'captured_twice' };
const merged = event(copy, 'OrderMarkedDuplicate', duplicate);
const reversal = { survivingOrder: shop, mergedBy: merged.eventId, approval };
const reverted = event(copy, 'OrderMergeReverted', reversal);

describe('marking an order as a duplicate', () => {
  const decide = markDuplicate({ duplicate, survivor: survivor(capturedAs(shop)) });

  it('takes two captured orders, and again once a merge was reverted', () => {
    expect(outcomeOf(decide, capturedAs(copy))).toEqual(['OrderMarkedDuplicate']);
    const again = outcomeOf(decide, capturedAs(copy), merged, reverted);
    expect(again).toEqual(['OrderMarkedDuplicate']);
  });
  it('is refused where one of them is unknown, merged already or another name', () => {
    expect(outcomeOf(decide)).toBe('order_unknown');
    expect(outcomeOf(decide, capturedAs(copy), merged)).toBe('duplicate_already_marked');
    const unknown = markDuplicate({ duplicate, survivor: survivor() });
    expect(outcomeOf(unknown, capturedAs(copy))).toBe('related_order_unknown');
    const alias = event(shop, 'OrderMarkedDuplicate', { survivingOrder: other, approval });
    const ofAlias = markDuplicate({ duplicate, survivor: survivor(capturedAs(shop), alias) });
    expect(outcomeOf(ofAlias, capturedAs(copy))).toBe('related_order_is_alias');
  });
});

describe('marking an order as a duplicate of one of another contract', () => {
  const decide = markDuplicate({ duplicate, survivor: survivor(capturedAs(shop)) });

  it.each([
    ['legal_entity_differs', 'us01', 'EUR'],
    ['currency_differs', 'de01', 'USD'],
  ])('is refused as %s', (code, legalEntity, currency) => {
    expect(outcomeOf(decide, capturedAs(copy, legalEntity, currency))).toBe(code);
  });
});

describe('reverting a merge', () => {
  const decide = revertMerge(reversal);

  it('undoes the one that is in force, once', () => {
    expect(outcomeOf(decide, capturedAs(copy), merged)).toEqual(['OrderMergeReverted']);
    expect(outcomeOf(decide, capturedAs(copy), merged, reverted)).toBe('merge_unknown');
  });
  it('is refused of another order, and says what is in force', () => {
    const elsewhere = revertMerge({ ...reversal, survivingOrder: other });
    expect(elsewhere(stream(capturedAs(copy), merged))).toMatchObject({
      code: 'merge_unknown',
      details: { inForce: [{ survivingOrder: shop, mergedBy: merged.eventId }] },
    });
  });
});

describe('transferring a balance', () => {
  const transfer = {
    transfer: 't1',
    toOrder: shop,
    legalEntity: 'de01',
    balance: eur(-500),
    cause: 'duplicate',
    approval,
  };
  const given = (change: Partial<typeof transfer>, receiver = survivor(capturedAs(shop))) =>
    transferBalance({ transfer: { ...transfer, ...change }, receiver });

  it('goes once under an id', () => {
    expect(outcomeOf(given({}), capturedAs(copy))).toEqual(['ContractBalanceTransferred']);
    const before = event(copy, 'ContractBalanceTransferred', transfer);
    expect(outcomeOf(given({}), capturedAs(copy), before)).toBe('balance_transfer_exists');
  });
  it.each([
    ['order_unknown', given({}), []],
    ['related_order_unknown', given({}, survivor()), [capturedAs(copy)]],
    ['balance_transfer_empty', given({ balance: eur(0) }), [capturedAs(copy)]],
    ['legal_entity_differs', given({}), [capturedAs(copy, 'us01')]],
    ['currency_differs', given({}), [capturedAs(copy, 'de01', 'USD')]],
    ['legal_entity_differs', given({}, survivor(capturedAs(shop, 'us01'))), [capturedAs(copy)]],
  ])('is refused as %s', (code, decide, events) => {
    expect(outcomeOf(decide, ...events)).toBe(code);
  });
});
