import { costInForce, extendedCost, paymentApplications, type SubjectView } from '#domain';
import { type EventOf, skuOf } from '#events';
import { minorDigitsOf } from '#kernel';
import { accounts } from './accounts.js';
import { credit, debit, type EntryDraft, type EntryLine } from './entry.js';
import { tenderEntry } from './order-rules.js';

/** Money that no order is known for waits under its payment. */
export function unappliedEntries(view: SubjectView): readonly EntryDraft[] {
  return [
    ...paymentApplications(view, 'PaymentCaptured'),
    ...paymentApplications(view, 'RefundIssued'),
    ...paymentApplications(view, 'RefundReversed'),
  ]
    .filter(({ order, effective }) => order === null && effective.event.leaf === view.subject)
    .map((application) => ({ ...tenderEntry(application, view.subject), debtor: 'unapplied' }));
}

/** The causes whose entries this rule set makes; the others' are told by the catalogue as later. */
const bookedCauses: ReadonlySet<string> = new Set(['purchase', 'return', 'sale']);

/** The value of goods that came in or left, at the standard cost in force when they did. */
export function stockEntries(view: SubjectView): readonly EntryDraft[] {
  const own = new Set((view.homes.get(view.subject) ?? []).map(({ factId }) => factId));
  return [...view.effective('StockReceived'), ...view.effective('StockIssued')]
    .filter(({ event }) => own.has(event.eventId) && event.data.owner.kind === 'legal_entity')
    .filter(({ event }) => bookedCauses.has(event.data.cause))
    .map(({ event, resolved }) => stockEntry(view, event, resolved.at));
}

function stockEntry(
  view: SubjectView,
  event: EventOf<'StockReceived'> | EventOf<'StockIssued'>,
  at: string | null,
): EntryDraft {
  const { owner, uom, qty } = event.data;
  const draft = { event, rule: ruleOf(event), contract: null, legalEntity: owner.id };
  const item = { legalEntity: owner.id, sku: skuOf(event), uom };
  const cost = costInForce(view.referenceEvents, item, at, view.reference);
  if (cost === undefined) {
    const reason = at === null ? ('time_unknown' as const) : ('cost_missing' as const);
    return { ...draft, currency: null, reason, lines: [] };
  }
  const value = extendedCost(qty, cost.decimal, minorDigitsOf(cost.currency) ?? 0);
  return { ...draft, currency: cost.currency, lines: stockLines(event, value) };
}

function ruleOf(event: EventOf<'StockReceived'> | EventOf<'StockIssued'>): string {
  if (event.type === 'StockIssued') return 'cost_of_sale';
  return event.data.cause === 'purchase' ? 'goods_received' : 'cost_of_return';
}

function stockLines(
  event: EventOf<'StockReceived'> | EventOf<'StockIssued'>,
  value: bigint,
): readonly EntryLine[] {
  if (event.type === 'StockIssued') {
    return [debit(accounts.costOfGoodsSold, value), credit(accounts.inventory, value)];
  }
  const against =
    event.data.cause === 'purchase' ? accounts.goodsReceivedNotInvoiced : accounts.costOfGoodsSold;
  return [debit(accounts.inventory, value), credit(against, value)];
}
