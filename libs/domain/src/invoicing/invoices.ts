import type { EventData } from '#events';
import { memoizeByObject, type Money, parseLeaf } from '#kernel';
import type { Effective, SubjectView } from '../subject-view.js';

/** A document that the ERP or billing wrote to a customer, as far as it is about the view's orders. */
export interface Invoice {
  /** Its leaf. */
  readonly invoice: string;
  readonly kind: 'invoice' | 'credit_memo';
  /** Of the whole document, as its issuer rounded it. */
  readonly total: Money;
  readonly currency: string;
  /** What the lines of the view's orders come to with their tax, in minor units. */
  readonly own: bigint;
  /** The lines of the view's orders. */
  readonly lineCount: number;
  /** What is invoiced: the shipment or pickup as it is known under all its names, or null. */
  readonly performance: string | null;
  /** The invoice that a credit memo credits, or null. */
  readonly credits: string | null;
  /** The id by which a credit or a refund names a credit memo, or null for an invoice. */
  readonly creditMemo: string | null;
  readonly at: string | null;
  readonly eventId: string;
}

/** The invoices and credit memos of the view's orders, in order of occurrence by kind. */
export const invoicesOf = memoizeByObject((view: SubjectView): readonly Invoice[] => [
  ...view.effective('InvoiceIssued').flatMap((issued) => {
    const { data, leaf } = issued.event;
    const performed = data.shipment ?? data.pickup;
    return documentOf(view, issued, {
      invoice: leaf,
      kind: 'invoice',
      performance: performed === undefined ? null : performanceName(view, performed),
      credits: null,
      creditMemo: null,
    });
  }),
  ...view.effective('CreditMemoIssued').flatMap((issued) => {
    const { data, leaf } = issued.event;
    return documentOf(view, issued, {
      invoice: leaf,
      kind: 'credit_memo',
      performance: null,
      credits: data.invoice ?? null,
      creditMemo: data.creditMemo ?? parseLeaf(leaf)?.parts?.at(-1) ?? leaf,
    });
  }),
]);

type Identified = Pick<Invoice, 'invoice' | 'kind' | 'performance' | 'credits' | 'creditMemo'>;

/** A document whose lines name other orders alone is none of the view's. */
function documentOf(
  view: SubjectView,
  { event, resolved }: Effective<'InvoiceIssued'> | Effective<'CreditMemoIssued'>,
  identified: Identified,
): readonly Invoice[] {
  const { total, currency, lines } = event.data;
  const own = ownLines(view, lines);
  if (own.length === 0) return [];
  return [
    {
      ...identified,
      total,
      currency,
      own: own.reduce((sum, { net, tax }) => sum + BigInt(net.minor) + BigInt(tax.minor), 0n),
      lineCount: own.length,
      at: resolved.at,
      eventId: event.eventId,
    },
  ];
}

type DocumentLines = EventData<'InvoiceIssued'>['lines'];

/** Of a document that names one order, what is of the whole document is that order's too. */
function ownLines(view: SubjectView, lines: DocumentLines): DocumentLines {
  const named = lines.filter(({ order }) => order !== undefined);
  const own = named.filter(({ order = '' }) => view.orders.has(order));
  return own.length > 0 && own.length === named.length ? lines : own;
}

/** One name for all leaves under which a shipment is known; a pickup has but its own. */
export function performanceName(view: SubjectView, leaf: string): string {
  return shipmentNames(view).get(leaf) ?? leaf;
}

const shipmentNames = memoizeByObject((view: SubjectView): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const { event, standing, happening } of view.events) {
    if (event.type !== 'ShipmentDispatched' || happening === null) continue;
    if (standing === 'effective' || standing === 'corroborates') names.set(event.leaf, happening);
  }
  return names;
});
