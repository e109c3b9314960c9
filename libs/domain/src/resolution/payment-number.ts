import type { AnyLedgerEvent } from '#events';
import { groupBy } from './group-by.js';
import type { Report } from './report.js';

/** True for a payment report that does not know the provider's own id of what it reports. */
export function isUnnumberedPayment(event: AnyLedgerEvent): boolean {
  return paymentNumber(event) === '';
}

/**
 * The least report that knows the provider's id, by {@link paymentKey}: a report without it moves
 * money only while there is none.
 */
export function numberedPayments(statements: readonly Report[]): ReadonlyMap<string, string> {
  const numbered = new Map<string, string>();
  for (const report of statements) {
    if (!paymentNumber(report.event)) continue;
    const key = paymentKey(report);
    const other = numbered.get(key);
    if (other === undefined || report.factId < other) numbered.set(key, report.factId);
  }
  return numbered;
}

/** What the reports of one type on one payment share. */
export function paymentKey({ event }: Report): string {
  return JSON.stringify([event.leaf, event.type]);
}

/**
 * The reports of other accounts that say other money moved than the best account does. Nobody knows
 * which of one account's payments is which of another's, so each account's are added up first.
 */
export function paymentsDisagree(believed: readonly Report[], best: Report): readonly Report[] {
  const byAccount = groupBy(believed, (report) => report.event.account);
  const expected = moneyOf(byAccount.get(best.event.account) ?? []);
  return [...byAccount.values()].filter((reports) => moneyOf(reports) !== expected).flat();
}

function moneyOf(reports: readonly Report[]): string {
  const sums = new Map<string, bigint>();
  for (const { event } of reports) {
    if (!isPayment(event)) continue;
    const { minor, currency } = event.data.amount;
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(minor));
  }
  return [...sums]
    .map(([currency, sum]) => `${sum} ${currency}`)
    .sort()
    .join();
}

type Payment = Extract<
  AnyLedgerEvent,
  { readonly type: 'PaymentAuthorized' | 'PaymentCaptured' | 'RefundIssued' }
>;

function isPayment(event: AnyLedgerEvent): event is Payment {
  return paymentNumber(event) !== undefined;
}

function paymentNumber(event: AnyLedgerEvent): string | undefined {
  switch (event.type) {
    case 'PaymentAuthorized':
      return event.data.authorization;
    case 'PaymentCaptured':
      return event.data.capture;
    case 'RefundIssued':
      return event.data.refund;
    default:
      return undefined;
  }
}
