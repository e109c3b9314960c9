import { type AnyLedgerEvent, definitionOf } from '#events';
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
  // Most payments are reported by the provider alone.
  if (!statements.some(({ event }) => isUnnumberedPayment(event))) return numbered;
  for (const report of statements) {
    if (!paymentNumber(report.event)) continue;
    const key = paymentKey(report);
    const other = numbered.get(key);
    if (other === undefined || report.factId < other) numbered.set(key, report.factId);
  }
  return numbered;
}

/** What the reports share that would be of one happening if none of them knew the provider's id. */
export function paymentKey({ event }: Report): string {
  const { numberedBy, businessKey } = definitionOf(event.type);
  if (numberedBy === undefined) return JSON.stringify([event.type, businessKey(event)]);
  const data = Object.assign({}, event.data, { [numberedBy]: '' });
  return JSON.stringify([event.type, businessKey({ ...event, data })]);
}

/**
 * The reports without the provider's id that fall with the denied reports: of one kind with a denied
 * report that has the id, where no report with an id is left. What the provider says never was is
 * not brought back by a witness who spoke of it.
 */
export function witnessesOfDenied(
  reports: readonly Report[],
  annulled: ReadonlyMap<string, unknown>,
  denied: ReadonlySet<string>,
): ReadonlyMap<Report, readonly Report[]> {
  const numberedDenied = reports.filter(
    ({ event, factId }) => denied.has(factId) && paymentNumber(event),
  );
  if (numberedDenied.length === 0) return new Map();
  const kinds = groupBy(
    reports.filter(({ event }) => paymentNumber(event) !== undefined),
    paymentKey,
  );
  const witnesses = new Map<Report, readonly Report[]>();
  for (const target of numberedDenied) {
    const ofKind = kinds.get(paymentKey(target)) ?? [];
    const numbered = ofKind.filter(({ event }) => paymentNumber(event));
    if (numbered.some(({ factId }) => !denied.has(factId))) continue;
    witnesses.set(
      target,
      ofKind.filter(({ event, factId }) => isUnnumberedPayment(event) && !annulled.has(factId)),
    );
  }
  return witnesses;
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
    // What tells of no amount, such as a dispute that was won, cannot differ in one.
    if (!('amount' in event.data) || event.data.amount === undefined) continue;
    const { minor, currency } = event.data.amount;
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(minor));
  }
  return [...sums]
    .map(([currency, sum]) => `${sum} ${currency}`)
    .sort()
    .join();
}

/** Empty where the reporter does not know it; undefined where the class has no such number. */
function paymentNumber({ type, data }: AnyLedgerEvent): string | undefined {
  const field = definitionOf(type).numberedBy;
  if (field === undefined) return undefined;
  const number: unknown = Reflect.get(data, field);
  return typeof number === 'string' ? number : '';
}
