import type { EventType } from '#events';
import { compareText, memoizeByObject } from '#kernel';
import { performedUnitsOf } from '../orders/performance.js';
import type { SubjectView } from '../subject-view.js';
import { incomingStockOf } from './incoming-stock.js';

/** Where a line of a purchase order is. */
export const purchaseStates = [
  'triggered',
  'issued',
  'confirmed',
  'refused',
  'shipped',
  'partly_received',
  'received',
] as const;
export type PurchaseState = (typeof purchaseStates)[number];

/** One line of an order to a supplier. */
export interface PurchaseLine {
  /** The purchase order's leaf. */
  readonly purchaseOrder: string;
  readonly line: string;
  readonly supplier: string | null;
  readonly sku: string | null;
  readonly shipTo: 'node' | 'customer' | null;
  readonly node: string | null;
  /** The order line it is bought for. */
  readonly order: string | null;
  readonly orderLine: string | null;
  /** Units that were ordered, else those that have to be bought. */
  readonly ordered: number;
  /** Null until the supplier answered; zero where it refused. */
  readonly confirmed: number | null;
  /** Units the supplier says it sent. */
  readonly notified: number;
  /** Units that came in, or that the supplier handed over for the customer. */
  readonly received: number;
  /** Units that are still expected at a node. */
  readonly incoming: number;
  readonly expectedAt: string | null;
  readonly state: PurchaseState;
  readonly eventIds: readonly string[];
}

const types = [
  'ReplenishmentTriggered',
  'PurchaseOrderIssued',
  'PurchaseOrderConfirmed',
  'SupplierShipmentNotified',
] as const satisfies readonly EventType[];

/** The purchase order lines a view tells of, in the order of their names. */
export const purchaseLinesOf = memoizeByObject((view: SubjectView): readonly PurchaseLine[] => {
  const names = new Map<string, readonly [purchaseOrder: string, line: string]>();
  for (const type of types) {
    for (const { event } of view.effective(type)) {
      names.set(JSON.stringify([event.leaf, event.data.line]), [event.leaf, event.data.line]);
    }
  }
  return [...names]
    .sort(([left], [right]) => compareText(left, right))
    .map(([, [purchaseOrder, line]]) => purchaseLineOf(view, purchaseOrder, line));
});

interface OfDocument {
  readonly event: { readonly leaf: string; readonly data: { readonly line: string } };
}

function purchaseLineOf(view: SubjectView, purchaseOrder: string, line: string): PurchaseLine {
  const told = <One extends OfDocument>(events: readonly One[]): readonly One[] =>
    events.filter(({ event }) => event.leaf === purchaseOrder && event.data.line === line);
  const trigger = told(view.effective('ReplenishmentTriggered')).at(-1);
  const issue = told(view.effective('PurchaseOrderIssued')).at(-1);
  const answer = told(view.effective('PurchaseOrderConfirmed')).at(-1);
  const notices = told(view.effective('SupplierShipmentNotified'));
  const receipts = view
    .effective('StockReceived')
    .filter(
      ({ event: { data } }) =>
        data.purchaseOrder === purchaseOrder && data.purchaseOrderLine === line,
    );
  const incoming = incomingStockOf(view).filter(
    ({ incoming: { event } }) =>
      event.data.purchaseOrder === purchaseOrder && event.data.purchaseOrderLine === line,
  );
  const asked = issue?.event.data ?? trigger?.event.data;
  const shipTo = issue?.event.data.shipTo ?? null;
  const order = asked?.order ?? null;
  const orderLine = asked?.orderLine ?? null;
  const handedOver = shipTo === 'customer' ? handedOverOf(view, order, orderLine) : 0;
  const counted = {
    ordered: asked?.qty ?? 0,
    confirmed: answer?.event.data.qty ?? null,
    notified: notices.reduce((sum, { event }) => sum + event.data.qty, 0),
    received: receipts.reduce((sum, { event }) => sum + event.data.qty, handedOver),
  };
  return {
    purchaseOrder,
    line,
    supplier: issue?.event.data.supplier ?? null,
    sku: asked?.sku ?? null,
    shipTo,
    node: asked?.node ?? null,
    order,
    orderLine,
    ...counted,
    incoming: incoming.reduce((sum, { open }) => sum + open, 0),
    expectedAt:
      incoming.at(-1)?.expectedAt ??
      notices.at(-1)?.event.data.expectedAt ??
      answer?.event.data.expectedAt ??
      issue?.event.data.expectedAt ??
      null,
    state: stateOf(counted, issue !== undefined),
    eventIds: [trigger, issue, answer, ...notices, ...receipts].flatMap(
      (one) => one?.event.eventId ?? [],
    ),
  };
}

/** Goods a supplier sends to a customer are never ours to receive: the dispatch tells of them. */
function handedOverOf(view: SubjectView, order: string | null, orderLine: string | null): number {
  if (order === null || !view.orders.has(order)) return 0;
  return performedUnitsOf(view)
    .filter((units) => units.orderLine === orderLine)
    .reduce((sum, { qty }) => sum + qty, 0);
}

function stateOf(
  {
    ordered,
    confirmed,
    notified,
    received,
  }: Pick<PurchaseLine, 'ordered' | 'confirmed' | 'notified' | 'received'>,
  isIssued: boolean,
): PurchaseState {
  if (received > 0) return received >= ordered ? 'received' : 'partly_received';
  if (notified > 0) return 'shipped';
  if (confirmed !== null) return confirmed === 0 ? 'refused' : 'confirmed';
  return isIssued ? 'issued' : 'triggered';
}
