import type { AnyLedgerEvent, EventOf } from '#events';
import { groupBy } from './group-by.js';
import type { Report } from './report.js';

/** True where two reports of one happening differ in an amount, a quantity or whose stock it is. */
export function disagreement(left: AnyLedgerEvent, right: AnyLedgerEvent): boolean {
  if (left === right || left.type !== right.type) return false;
  const [first, second] = [measureOf(left), measureOf(right)];
  return first !== undefined && second !== undefined && first !== second;
}

/** What witnesses of one happening have to agree on, as comparable text. */
function measureOf(event: AnyLedgerEvent): string | undefined {
  switch (event.type) {
    case 'OrderCaptured': {
      const total = event.data.lines.reduce(
        (sum, line) => sum + BigInt(line.gross.minor) - BigInt(line.discount.minor),
        0n,
      );
      return `${total} ${event.data.currency}`;
    }
    case 'PaymentAuthorized':
    case 'PaymentCaptured':
    case 'RefundIssued':
      return `${event.data.amount.minor} ${event.data.amount.currency}`;
    case 'CreditGranted': {
      const total = event.data.lines.reduce(
        (sum, line) => sum + BigInt(line.net.minor) + BigInt(line.tax.minor),
        0n,
      );
      return `${total} ${event.data.currency}`;
    }
    case 'StockReceived':
    case 'StockAllocated':
    case 'StockDeallocated':
    case 'StockIssued':
      return stockOf(event);
    case 'OrderLineCancelled':
    case 'ReturnReceived':
      return String(event.data.qty);
    default:
      return undefined;
  }
}

type StockEvent = EventOf<'StockReceived' | 'StockAllocated' | 'StockDeallocated' | 'StockIssued'>;

/** So many units of one item at one node: the same number of another item is other stock. */
function stockOf({ leaf, data }: StockEvent): string {
  return JSON.stringify([
    leaf,
    'owner' in data ? [data.owner.kind, data.owner.id] : null,
    data.qty,
    data.uom,
    'cause' in data ? data.cause : null,
    'bucket' in data ? data.bucket : null,
  ]);
}

/**
 * The reports of other sources that say other units left than the best source does. A source may
 * tell of one dispatch in several reports, so each source's reports are added up first.
 */
export function dispatchesDisagree(believed: readonly Report[], best: Report): readonly Report[] {
  const bySource = groupBy(believed, (report) => report.event.account);
  const expected = unitsOf(bySource.get(best.event.account) ?? []);
  return [...bySource.values()].filter((reports) => unitsOf(reports) !== expected).flat();
}

function unitsOf(reports: readonly Report[]): string {
  const units = new Map<string, number>();
  for (const { event } of reports) {
    if (event.type !== 'ShipmentDispatched') continue;
    for (const { order, orderLine, qty } of event.data.lines) {
      const line = JSON.stringify([order, orderLine]);
      units.set(line, (units.get(line) ?? 0) + qty);
    }
  }
  return [...units]
    .map(([line, qty]) => `${line} ${qty}`)
    .sort()
    .join();
}
