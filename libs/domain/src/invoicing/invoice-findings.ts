import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import { orderStateOf } from '../orders/order-state.js';
import { performedAmounts } from '../orders/performed-amounts.js';
import { orderMoneyOf } from '../payments/order-money.js';
import { ownApplications } from '../payments/payment-applications.js';
import type { SubjectView } from '../subject-view.js';
import { type Invoice, invoicesOf, performanceName } from './invoices.js';

/** What is odd about the documents of the view's orders. A credited invoice counts for nothing. */
export function invoiceFindings(view: SubjectView): readonly Finding[] {
  const documents = invoicesOf(view);
  if (documents.length === 0) return [];
  const credited = new Set(documents.map(({ credits }) => credits));
  const standing = documents.filter(
    ({ kind, invoice }) => kind === 'invoice' && !credited.has(invoice),
  );
  const byPerformance = new Map<string, Invoice[]>();
  for (const invoice of standing) {
    if (invoice.performance === null) continue;
    const others = byPerformance.get(invoice.performance) ?? [];
    byPerformance.set(invoice.performance, [...others, invoice]);
  }
  return [
    ...[...byPerformance].flatMap(([performance, invoices]) =>
      invoices.length > 1
        ? [invoicedTwice(performance, invoices)]
        : differing(view, performance, invoices),
    ),
    ...aheadOfErp(view, documents),
    ...untiedLines(view),
  ];
}

function invoicedTwice(performance: string, invoices: readonly Invoice[]): Finding {
  return findingOf(
    'invoiced_twice',
    performance,
    { names: invoices.map(({ invoice }) => invoice) },
    invoices.map(({ eventId }) => eventId),
  );
}

/** A document rounds by itself: up to a minor unit a line is no difference. */
function differing(
  view: SubjectView,
  performance: string,
  invoices: readonly Invoice[],
): readonly Finding[] {
  const [invoice] = invoices;
  const state = orderStateOf(view);
  if (invoice?.currency !== state.captured?.event.data.currency) return [];
  const performed = performedAmounts(state).filter(
    (each) => performanceName(view, each.performance.event.leaf) === performance,
  );
  if (invoice === undefined || performed.length === 0) return [];
  const expected = performed.reduce(
    (sum, { goods, giftCards, shipping, tax, discount }) =>
      sum + goods + giftCards + shipping + tax - discount,
    0n,
  );
  const { own, currency } = invoice;
  const difference = own - expected;
  const rounding = BigInt(invoice.lineCount);
  if (difference <= rounding && -difference <= rounding) return [];
  return [
    findingOf(
      'invoice_differs_from_performance',
      invoice.invoice,
      {
        expected: amountTold({ minor: expected, currency }),
        found: amountTold({ minor: own, currency }),
      },
      [invoice.eventId, ...performed.map((each) => each.performance.event.eventId)],
    ),
  ];
}

/** A document over one order is all of it; over several, each line has to say whose it is. */
function untiedLines(view: SubjectView): readonly Finding[] {
  return [...view.effective('InvoiceIssued'), ...view.effective('CreditMemoIssued')].flatMap(
    ({ event: { eventId, leaf, data } }) => {
      const orders = new Set(data.lines.flatMap(({ order }) => order ?? []));
      const untied = data.lines.filter(({ order }) => order === undefined);
      const others = [...orders].filter((order) => !view.orders.has(order));
      const isOursAndOthers = others.length > 0 && others.length < orders.size;
      if (!isOursAndOthers || untied.length === 0) return [];
      const facts = { leaf, untied: untied.length, lines: data.lines.length, orders: orders.size };
      return [findingOf('document_lines_untied', leaf, facts, [eventId])];
    },
  );
}

/**
 * What the customer was granted and got back before the ERP wrote a credit memo for it; only where
 * the ERP invoiced the order, so that it is known to keep its documents.
 */
function aheadOfErp(view: SubjectView, documents: readonly Invoice[]): readonly Finding[] {
  if (!documents.some(({ kind }) => kind === 'invoice')) return [];
  const { refunded, credited, currency } = orderMoneyOf(view);
  const memos = documents.filter(
    (document) => document.kind === 'credit_memo' && document.currency === currency,
  );
  const written = memos.reduce((sum, { own }) => sum + own, 0n);
  const told = refunded < credited ? refunded : credited;
  const rounding = BigInt(memos.reduce((sum, { lineCount }) => sum + lineCount, 0));
  return told <= written + rounding
    ? []
    : [
        findingOf(
          'refund_ahead_of_erp',
          '',
          {
            expected: amountTold({ minor: written, currency }),
            found: amountTold({ minor: told, currency }),
          },
          [
            ...ownApplications(view, 'RefundIssued').map(
              ({ effective }) => effective.event.eventId,
            ),
            ...memos.map(({ eventId }) => eventId),
          ],
        ),
      ];
}

/** Credit memos of the homes given that name neither an order nor the invoice they credit. */
export function unattachedMemoFindings(
  view: SubjectView,
  homes: ReadonlySet<string>,
): readonly Finding[] {
  return view
    .effective('CreditMemoIssued')
    .filter(({ event: { data }, resolved }) => {
      if (!homes.has(resolved.home) || data.invoice !== undefined) return false;
      return data.lines.every(({ order }) => order === undefined);
    })
    .map(({ event: { eventId, data } }) =>
      findingOf(
        'credit_memo_without_order',
        eventId,
        { amount: amountTold({ minor: data.total.minor, currency: data.currency }) },
        [eventId],
      ),
    );
}
