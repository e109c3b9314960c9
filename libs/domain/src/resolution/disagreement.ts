import { type AnyLedgerEvent, definitionOf } from '#events';
import { groupBy } from './group-by.js';
import type { OrderName } from './order-names.js';
import type { Report } from './report.js';

/** True where two reports of one happening differ in an amount, a quantity or whose stock it is. */
export function disagreement(left: AnyLedgerEvent, right: AnyLedgerEvent): boolean {
  if (left === right || left.type !== right.type) return false;
  const { measure } = definitionOf(left.type);
  const [one, other] = [measure?.(left) ?? null, measure?.(right) ?? null];
  return one !== null && other !== null && one !== other;
}

/**
 * The reports of other sources that say other units left than the best source does. A source may
 * tell of one dispatch in several reports, so each source's reports are added up first.
 */
export function dispatchesDisagree(
  believed: readonly Report[],
  best: Report,
  orderName: OrderName,
): readonly Report[] {
  const bySource = groupBy(believed, (report) => report.event.account);
  const expected = unitsOf(bySource.get(best.event.account) ?? [], orderName);
  return [...bySource.values()].filter((told) => unitsOf(told, orderName) !== expected).flat();
}

function unitsOf(reports: readonly Report[], orderName: OrderName): string {
  const units = new Map<string, number>();
  for (const { event } of reports) {
    if (event.type !== 'ShipmentDispatched') continue;
    for (const { order, orderLine, qty } of event.data.lines) {
      const line = JSON.stringify([orderName(order), orderLine]);
      units.set(line, (units.get(line) ?? 0) + qty);
    }
  }
  return [...units]
    .map(([line, qty]) => `${line} ${qty}`)
    .sort()
    .join();
}
