import { expect, it } from 'vitest';
import type { Finding, FindingCode } from '#domain';
import type { AnyLedgerEvent } from '#events';
import { findingIn } from '../../../projections/order-timeline/v1/wording/findings-in-words.js';
import { fullFold } from '../../fixtures/full-fold.js';
import { captured } from './payment-facts.js';

const known = [
  'payments_differ_from_order',
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
  'refund_rejected_yet_sent',
  'forfeited_more_than_paid',
  'refund_failed',
  'refund_ahead_of_erp',
  'credit_without_refund',
  'exchange_not_balanced',
  'invoiced_twice',
  'invoice_differs_from_performance',
  'credit_memo_without_order',
  'document_lines_untied',
  'settlement_differs_from_payment',
  'settled_movement_unknown',
  'till_over_or_short',
];

export function findingRows(events: readonly AnyLedgerEvent[]): readonly (readonly unknown[])[] {
  return [...(fullFold(events).get('order_timeline.finding')?.values() ?? [])];
}

/** The English sentence of a finding as it is stored. */
export function wordsOf(code: FindingCode, facts: string): string {
  return findingIn('en', { code, facts: JSON.parse(facts) as Finding['facts'] }).words;
}

/** The codes of the findings about money, once each, of an order with these facts. */
export function codes(events: readonly AnyLedgerEvent[]): readonly string[] {
  const found = new Set(findingRows([captured, ...events]).map(([, code]) => String(code)));
  return known.filter((code) => found.has(code));
}

type Case = readonly [string, readonly AnyLedgerEvent[], readonly string[]];

export function finds(cases: readonly Case[]): void {
  it.each(cases)('finds of %s', (_name, events, expected) => {
    expect(codes(events)).toEqual(expected);
    expect(codes([...events].reverse())).toEqual(expected);
  });
}
