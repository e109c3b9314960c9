import { describe, expect, it } from 'vitest';
import type { AnyLedgerEvent } from '#events';
import { euro, fact, type FactSketch } from '../fixtures/facts.js';
import { fullFold } from '../fixtures/full-fold.js';
import { namedRows } from '../fixtures/named-rows.js';

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
      qty: 2,
      uom: 'each',
      gross: euro(2_000),
      discount: euro(0),
      taxes: [],
    },
  ],
});

function capture(
  number: string,
  sketch: FactSketch,
  more: { readonly minor?: number; readonly orders?: boolean } = {},
): AnyLedgerEvent {
  const minor = more.minor ?? 2_000;
  return fact(
    'PaymentCaptured',
    payment,
    {
      tender: 'card',
      amount: euro(minor),
      legalEntity: 'de01',
      capture: number,
      orderRefs: more.orders === false ? null : [{ order, amount: euro(minor) }],
    },
    sketch,
  );
}

function dispatch(leaf: string, account: string, qty: number, sketch: FactSketch = {}) {
  return fact(
    'ShipmentDispatched',
    leaf,
    {
      kind: 'original',
      lines: [{ order, orderLine: '1', qty }],
      trackings: [{ carrier: 'dhl', tracking: 'T1' }],
    },
    { account, ...sketch },
  );
}

function balanceOf(account: string, events: readonly AnyLedgerEvent[]): bigint {
  return namedRows(events, 'erp_postings.balance')
    .filter((row) => row.account === account)
    .reduce(
      (sum, row) => sum + BigInt(String(row.debit_minor)) - BigInt(String(row.credit_minor)),
      0n,
    );
}

function standings(events: readonly AnyLedgerEvent[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const entry of namedRows(events, 'order_timeline.entry')) {
    if (entry.subject === order) found[String(entry.event_id)] = entry.standing;
  }
  return found;
}

function findingCodes(events: readonly AnyLedgerEvent[]): readonly string[] {
  return namedRows(events, 'order_timeline.finding')
    .filter(({ subject }) => subject === order)
    .map(({ code }) => String(code))
    .sort();
}

describe('several witnesses of one capture', () => {
  const provider = capture('ch_1', { account: 'psp' });
  const shop = capture('', { account: 'shop', transaction: '55' });
  const bank = capture('ch_1', { account: 'bank' }, { minor: 2_001 });

  it('move money once, and the others corroborate', () => {
    const history = [captured, shop, bank, provider];
    expect(balanceOf('clearing_card', history)).toBe(2_000n);
    expect(standings(history)).toMatchObject({
      [provider.eventId]: 'effective',
      [shop.eventId]: 'corroborates',
      [bank.eventId]: 'corroborates',
    });
  });
  it('that disagree on the amount are a finding', () => {
    expect(findingCodes([captured, provider, bank])).toContain('witnesses_disagree');
    expect(findingCodes([captured, provider, shop])).not.toContain('witnesses_disagree');
  });
  it('count without the provider’s number only until a numbered one is known', () => {
    expect(balanceOf('clearing_card', [captured, shop])).toBe(2_000n);
    expect(findingCodes([captured, shop])).toContain('source_not_authorised');
    expect(findingCodes([captured, shop, provider])).not.toContain('source_not_authorised');
  });
  it('need not be the issuer of what only others receive', () => {
    const amount = euro(2_000);
    const paidOut = { payout: 'po', legalEntity: 'de01', amount };
    const told = fact('PayoutReceived', 'settlement-psp:po', paidOut, { account: 'bank' });
    expect(fullFold([told]).get('order_timeline.finding')?.size).toBe(0);
  });
  it('lend each other what one leaves empty', () => {
    const silent = capture('ch_1', { account: 'psp' }, { orders: false });
    expect(balanceOf('contract', [captured, silent])).toBe(-2_000n);
    const rows = [
      ...(fullFold([captured, silent, shop]).get('erp_postings.contract_balance')?.values() ?? []),
    ];
    expect(rows.map(([contract]) => contract)).toEqual([order]);
  });
  it('leave two captures with two numbers two captures', () => {
    const second = capture('ch_2', { account: 'psp' }, { minor: 500 });
    expect(balanceOf('clearing_card', [captured, provider, second])).toBe(2_500n);
  });
});

describe('several witnesses of one dispatch', () => {
  const warehouse = dispatch('shipment-wms:S1', 'wms', 2);
  const carrier = dispatch('shipment-dhl:T1', 'dhl', 2, { at: '2026-03-02T10:00:00.000Z' });

  it('book revenue once where they share a parcel', () => {
    expect(balanceOf('revenue', [captured, warehouse, carrier])).toBe(-2_000n);
  });
  it('book what is still unknown as incomplete, and complete it when the order comes', () => {
    const status = (events: readonly AnyLedgerEvent[]) =>
      namedRows(events, 'erp_postings.proposed_entry').map((entry) => [entry.status, entry.reason]);
    expect(status([warehouse])).toEqual([['incomplete', 'order_missing']]);
    expect(status([warehouse, captured])).toEqual([['complete', null]]);
  });
  it('are replaced by the same source’s later version', () => {
    const first = dispatch('shipment-wms:S1', 'wms', 1, { version: '1' });
    const second = dispatch('shipment-wms:S1', 'wms', 2, { version: '2' });
    expect(balanceOf('revenue', [captured, second, first])).toBe(-2_000n);
    expect(findingCodes([captured, second, first])).not.toContain('source_contradicts_itself');
  });
  it('are a contradiction where one source says two things of one report', () => {
    const other = dispatch('shipment-wms:S1', 'wms', 1);
    expect(findingCodes([captured, warehouse, other])).toContain('source_contradicts_itself');
  });
  it('post nothing for units beyond the order', () => {
    const more = dispatch('shipment-wms:S1', 'wms', 3);
    expect(balanceOf('revenue', [captured, more])).toBe(-2_000n);
    expect(findingCodes([captured, more])).toContain('dispatched_more_than_ordered');
  });
});

describe('time', () => {
  it('finds goods that left before the payment was approved, and forgets it when an earlier approval comes', () => {
    const left = dispatch('shipment-wms:S1', 'wms', 2, { at: '2026-03-01', precision: 'date' });
    const late = capture('ch_1', { account: 'psp', at: '2026-03-01T09:00:00.000Z' });
    const approved = fact(
      'PaymentAuthorized',
      payment,
      { tender: 'card', amount: euro(2_000), authorization: 'au', orderRefs: null },
      { account: 'psp', at: '2026-02-28T09:00:00.000Z' },
    );
    expect(findingCodes([captured, left, late])).toContain('dispatched_before_payment');
    expect(findingCodes([captured, left, late, approved])).not.toContain(
      'dispatched_before_payment',
    );
  });
  it('leaves the period of an undated capture undated', () => {
    const undated = capture('ch_1', { account: 'psp', at: null });
    const balances = namedRows([captured, undated], 'erp_postings.balance');
    expect(new Set(balances.map(({ period }) => period))).toEqual(new Set(['undated']));
  });
});

describe('a shipment of two parcels', () => {
  const sent = fact(
    'ShipmentDispatched',
    'shipment-wms:S1',
    {
      kind: 'original',
      lines: [{ order, orderLine: '1', qty: 2 }],
      trackings: [
        { carrier: 'dhl', tracking: 'T1' },
        { carrier: 'dhl', tracking: 'T2' },
      ],
    },
    { account: 'wms' },
  );
  const arrived = (tracking: string) =>
    fact('ShipmentDelivered', 'shipment-wms:S1', { tracking }, { account: 'wms' });
  const statusOf = (events: readonly AnyLedgerEvent[]) =>
    namedRows(events, 'order_timeline.order_header').map(({ status }) => status);

  it('is partly delivered until both have arrived', () => {
    expect(statusOf([captured, sent])).toEqual(['dispatched']);
    expect(statusOf([captured, sent, arrived('T1')])).toEqual(['partly_delivered']);
    expect(statusOf([captured, sent, arrived('T1'), arrived('T2')])).toEqual(['delivered']);
  });
  it('sent again in place of a lost one posts nothing, whether or not the order is known', () => {
    const again = fact(
      'ShipmentDispatched',
      'shipment-wms:S9',
      { kind: 'replacement', lines: [{ order, orderLine: '1', qty: 2 }] },
      { account: 'wms' },
    );
    expect(fullFold([again]).get('erp_postings.proposed_entry')?.size).toBe(0);
    expect(fullFold([captured, again]).get('erp_postings.proposed_entry')?.size).toBe(0);
  });
});
