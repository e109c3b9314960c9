import type { AnyLedgerEvent } from '#events';
import { groupBy } from './group-by.js';
import { isUnnumberedPayment } from './payment-number.js';
import { compareByAuthority, type Report } from './report.js';

/**
 * For every report of a happening with several witnesses: its event, with each field it leaves
 * empty taken from the next report that has it, in the order in which they are believed.
 */
export function completedEvents(
  statements: readonly Report[],
  happeningOf: (report: Report) => string | null,
): ReadonlyMap<string, AnyLedgerEvent> {
  const completed = new Map<string, AnyLedgerEvent>();
  const witnessed = statements.filter((report) => happeningOf(report) !== null);
  for (const group of groupBy(witnessed, (report) => happeningOf(report) ?? '').values()) {
    if (group.length === 1) continue;
    const [best, ...others] = [...group].sort(compareByAuthority);
    if (best === undefined) continue;
    if (best.event.type === 'ShipmentDispatched') continue;
    // Nobody knows which of an account's payments without a number another report speaks of.
    if (isUnnumberedPayment(best.event) && !oneReportEach(group)) continue;
    completed.set(best.factId, complete(best.event, others));
  }
  return completed;
}

type Fields = Readonly<Record<string, unknown>>;

function oneReportEach(group: readonly Report[]): boolean {
  return new Set(group.map((report) => report.event.account)).size === group.length;
}

function complete(event: AnyLedgerEvent, others: readonly Report[]): AnyLedgerEvent {
  const data: Record<string, unknown> = Object.fromEntries(Object.entries(event.data));
  let changed = false;
  for (const other of others) {
    const lent = Object.fromEntries(Object.entries(other.event.data));
    const lacking = Object.keys(lent).filter(
      (field) => isEmpty(data[field]) && !isEmpty(lent[field]) && mayLend(field, lent, data),
    );
    for (const field of lacking) data[field] = lent[field];
    changed ||= lacking.length > 0;
  }
  // The fields come from reports of the same type, so the event keeps its shape.
  return changed ? ({ ...event, data } as AnyLedgerEvent) : event;
}

/** Two fields that name one thing together: half of one report's name and half of another's is none. */
const pairs = [
  ['order', 'orderLine'],
  ['allocation', 'allocationLine'],
  ['reservation', 'reservationLine'],
  ['purchaseOrder', 'purchaseOrderLine'],
  ['transfer', 'transferLine'],
  ['stockCount', 'countLine'],
];

/** The parts of an amount are of no use to an event of another amount. */
function mayLend(field: string, lent: Fields, data: Fields): boolean {
  if (field === 'orderRefs') return JSON.stringify(moneyOf(lent)) === JSON.stringify(moneyOf(data));
  const pair = pairs.find((fields) => fields.includes(field)) ?? [];
  return pair.every((part) => isEmpty(data[part]) || data[part] === lent[part]);
}

function moneyOf({ amount }: Fields): readonly unknown[] {
  const { minor, currency } = amount as { readonly minor: number; readonly currency: string };
  return [minor, currency];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
