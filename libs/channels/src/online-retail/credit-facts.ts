import type { FactDelivery } from '../fact-delivery.js';
import { attributesOf, documentHeadOf, documentLineOf } from './fact-parts.js';
import { onlineRetailOrderLeaf } from './registration.js';
import type { OnlineRetailInvoice, OnlineRetailLine } from './rows.js';
import type { CreditTie, SoldLine } from './sold-lines.js';

/** A credited line with the sale it takes back; undefined for what is no goods and has none. */
export interface CreditedLine {
  readonly line: OnlineRetailLine;
  readonly tie: CreditTie | undefined;
}

/**
 * The credit memo, and for each line of an order that could be told the units that are cancelled. A
 * credit memo names the orders of its tied lines alone: nothing is guessed for the others.
 */
export function creditFactsOf(
  invoice: OnlineRetailInvoice,
  credited: readonly CreditedLine[],
): readonly FactDelivery[] {
  return [creditMemoOf(invoice, credited), ...cancellationsOf(invoice, credited)];
}

function creditMemoOf(
  invoice: OnlineRetailInvoice,
  credited: readonly CreditedLine[],
): FactDelivery<'CreditMemoIssued'> {
  return {
    ...attributesOf(invoice, 'credit-memo-issued'),
    type: 'CreditMemoIssued',
    objectid: invoice.number,
    data: {
      ...documentHeadOf(credited.map(({ line }) => line)),
      lines: credited.map(({ line, tie }) => ({
        ...documentLineOf(line),
        ...(tie?.outcome === 'tied'
          ? { order: onlineRetailOrderLeaf(tie.original.invoice), orderLine: tie.original.line }
          : {}),
      })),
    },
  };
}

/** Rows that take back units of one sold line are one cancellation of them all. */
function cancellationsOf(
  invoice: OnlineRetailInvoice,
  credited: readonly CreditedLine[],
): readonly FactDelivery<'OrderLineCancelled'>[] {
  const cancelled = new Map<string, { readonly original: SoldLine; units: number }>();
  for (const { line, tie } of credited) {
    if (tie?.outcome !== 'tied') continue;
    const { original } = tie;
    const name = `${original.invoice}-${original.line}`;
    const known = cancelled.get(name) ?? { original, units: 0 };
    known.units -= line.quantity;
    cancelled.set(name, known);
  }
  return [...cancelled].map(([name, { original, units }]) => ({
    ...attributesOf(invoice, `order-line-cancelled-${name}`),
    type: 'OrderLineCancelled',
    objectid: original.invoice,
    data: { line: original.line, qty: units, cancellation: invoice.number },
  }));
}
