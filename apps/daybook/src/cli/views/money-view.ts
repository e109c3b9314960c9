import { formatMoney } from '#kernel';
import type { ContractBalanceRow } from '../../../../../projections/erp-postings/v1/contract-queries.js';
import type {
  PayoutRow,
  TillCountRow,
} from '../../../../../projections/money-balances/v1/list-queries.js';
import type { StreamEntry } from '../../../../../projections/order-timeline/v1/stream-entry-queries.js';
import type { GiftCardAnswer, ListedGiftCard } from '../../http/money/gift-card-reads.js';
import type { PayoutAnswer } from '../../http/money/payout-reads.js';
import { formatCount, tableLines } from './table.js';
import { readable } from './when.js';

const right = { align: 'right' } as const;

/** Gift cards by card and currency. */
export function giftCardsView(cards: readonly ListedGiftCard[]): readonly string[] {
  if (cards.length === 0) return ['No gift cards.'];
  return tableLines(
    [
      { heading: 'gift card' },
      { heading: 'issued', ...right },
      { heading: 'redeemed', ...right },
      { heading: 'put back', ...right },
      { heading: 'lapsed', ...right },
      { heading: 'left', ...right },
    ],
    cards.map(({ card, currency, issued, redeemed, refunded, expired, balance }) => [
      card,
      ...[issued, redeemed, refunded, expired, balance].map((minor) => money(minor, currency)),
    ]),
  );
}

/** What is on a card, and each movement of it. */
export function giftCardView({ balances, items }: GiftCardAnswer): readonly string[] {
  return [...giftCardsView(balances), '', ...entryLines(items)];
}

/** What providers paid out, beside what reached the bank. */
export function payoutsView(payouts: readonly PayoutRow[]): readonly string[] {
  if (payouts.length === 0) return ['No payouts.'];
  return tableLines(
    [
      { heading: 'payout' },
      { heading: 'legal entity' },
      { heading: 'lines', ...right },
      { heading: 'gross', ...right },
      { heading: 'fee', ...right },
      { heading: 'tax', ...right },
      { heading: 'net', ...right },
      { heading: 'at the bank', ...right },
      { heading: 'open', ...right },
      { heading: 'state' },
    ],
    payouts.map(({ batch, legalEntity, currency, lines, state, ...amounts }) => [
      batch,
      legalEntity,
      formatCount(lines),
      ...[amounts.gross, amounts.fee, amounts.tax, amounts.net, amounts.paidOut, amounts.open].map(
        (minor) => money(minor, currency),
      ),
      state,
    ]),
  );
}

/** One payout with what it is told by: the lines of its statement and what the bank received. */
export function payoutView({ payouts, items }: PayoutAnswer): readonly string[] {
  return [...payoutsView(payouts), '', ...settlementLines(items)];
}

function settlementLines(entries: readonly StreamEntry[]): readonly string[] {
  return tableLines(
    [
      { heading: 'when (UTC)' },
      { heading: 'what' },
      { heading: 'gross', ...right },
      { heading: 'fee', ...right },
      { heading: 'tax', ...right },
      { heading: 'net', ...right },
      { heading: 'told by' },
      { heading: 'standing' },
      { heading: 'event' },
    ],
    entries.map(({ occurredAt, type, data, account, standing, eventId }) => [
      occurredAt === null ? 'unknown' : readable(occurredAt),
      settlementWords(type, data['type']),
      ...[data['gross'], data['fee'], data['tax'], data['net'] ?? data['amount']].map(amountOf),
      account,
      standing,
      eventId,
    ]),
  );
}

function settlementWords(eventType: string, lineType: unknown): string {
  if (eventType === 'PayoutReceived') return 'received at the bank';
  return typeof lineType === 'string' ? lineType.replaceAll('_', ' ') : eventType;
}

/** What registers counted, session by session. */
export function tillsView(counts: readonly TillCountRow[]): readonly string[] {
  if (counts.length === 0) return ['No counts of tills.'];
  return tableLines(
    [
      { heading: 'till' },
      { heading: 'register' },
      { heading: 'session' },
      { heading: 'tender' },
      { heading: 'expected', ...right },
      { heading: 'counted', ...right },
      { heading: 'difference', ...right },
      { heading: '' },
    ],
    counts.map(({ till, register, session, tender, currency, ...amounts }) => [
      till,
      register,
      session,
      tender.replaceAll('_', ' '),
      ...[amounts.expected, amounts.counted, amounts.difference].map((minor) =>
        money(minor, currency),
      ),
      overOrShort(BigInt(amounts.difference)),
    ]),
  );
}

/** What contracts come to, and those listed together by legal entity and currency. */
export function contractsView(contracts: readonly ContractBalanceRow[]): readonly string[] {
  if (contracts.length === 0) return ['No contract is open.'];
  return tableLines(
    [
      { heading: 'order' },
      { heading: 'legal entity' },
      { heading: 'debtor' },
      { heading: 'debit', ...right },
      { heading: 'credit', ...right },
      { heading: 'balance', ...right },
    ],
    [...contracts, ...contractTotals(contracts)].map(
      ({ contract, legalEntity, debtor, currency, ...amounts }) => [
        contract,
        legalEntity,
        debtor,
        ...[amounts.debitMinor, amounts.creditMinor, amounts.balanceMinor].map((minor) =>
          money(minor, currency),
        ),
      ],
    ),
  );
}

function contractTotals(contracts: readonly ContractBalanceRow[]): readonly ContractBalanceRow[] {
  const totals = new Map<string, ContractBalanceRow>();
  for (const row of contracts) {
    const key = JSON.stringify([row.legalEntity, row.currency]);
    const before = totals.get(key);
    totals.set(key, {
      ...row,
      contract: 'all that are listed',
      debtor: '',
      debitMinor: sum(before?.debitMinor, row.debitMinor),
      creditMinor: sum(before?.creditMinor, row.creditMinor),
      balanceMinor: sum(before?.balanceMinor, row.balanceMinor),
    });
  }
  return [...totals.values()];
}

function sum(before: string | undefined, minor: string): string {
  return String(BigInt(before ?? '0') + BigInt(minor));
}

function entryLines(entries: readonly StreamEntry[]): readonly string[] {
  return tableLines(
    [
      { heading: 'when (UTC)' },
      { heading: 'what' },
      { heading: 'amount', ...right },
      { heading: 'told by' },
      { heading: 'standing' },
      { heading: 'event' },
    ],
    entries.map(({ occurredAt, type, data, account, standing, eventId }) => [
      occurredAt === null ? 'unknown' : readable(occurredAt),
      type,
      amountOf(data['amount']),
      account,
      standing,
      eventId,
    ]),
  );
}

function amountOf(value: unknown): string {
  const { minor, currency } = (value ?? {}) as { minor?: unknown; currency?: unknown };
  return typeof minor === 'number' && typeof currency === 'string'
    ? formatMoney(minor, currency)
    : '';
}

function overOrShort(difference: bigint): string {
  if (difference === 0n) return '';
  return difference > 0n ? 'over' : 'short';
}

function money(minor: string, currency: string): string {
  return formatMoney(BigInt(minor), currency);
}
