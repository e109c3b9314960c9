import type { DocumentTranslation } from '../channel.js';
import { creditFactsOf, type CreditedLine } from './credit-facts.js';
import { readInvoice } from './read-invoice.js';
import type { FiledInvoice, OnlineRetailInvoice, OnlineRetailLine } from './rows.js';
import { saleFactsOf } from './sale-facts.js';
import type { SoldLines } from './sold-lines.js';
import { stockFactsOf } from './stock-facts.js';

/**
 * Translates all rows of one invoice into facts. The same rows after the same sales give the same
 * deliveries with the same ids. `sold` remembers what this invoice sold or took back.
 *
 * An invoice with a value that cannot be read is refused whole, so that no half of it is recorded.
 */
export function translateInvoice(filed: FiledInvoice, sold: SoldLines): DocumentTranslation {
  const invoice = readInvoice(filed);
  if ('outcome' in invoice) return { ...invoice, document: filed.number };
  return {
    outcome: 'translated',
    document: filed.number,
    ...(invoice.isCredit ? creditOf(invoice, sold) : saleOf(invoice, sold)),
  };
}

function saleOf(invoice: OnlineRetailInvoice, sold: SoldLines) {
  const isStockAlone = isUnpaidByNobody(invoice);
  const [adjusted, lines] = parted(invoice.lines, ({ quantity }) => isStockAlone || quantity < 0);
  const [goods, others] = parted(adjusted, ({ kind }) => kind === 'goods');
  sold.add(invoice, lines);
  return {
    deliveries: [
      ...(lines.length === 0 ? [] : saleFactsOf(invoice, lines)),
      ...stockFactsOf(invoice, goods),
    ],
    // Units of postage are kept nowhere and were sold to nobody: there is no fact to tell.
    remarks: others.map(() => 'stock_of_no_goods'),
  };
}

/** Nobody bought and nothing was paid: somebody put the stock right by an invoice. */
function isUnpaidByNobody({ customer, lines }: OnlineRetailInvoice): boolean {
  return customer === null && lines.every(({ unitMinor }) => unitMinor === 0);
}

function creditOf(invoice: OnlineRetailInvoice, sold: SoldLines) {
  const credited = invoice.lines.map((line): CreditedLine => {
    return { line, tie: line.kind === 'goods' ? sold.take(invoice, line) : undefined };
  });
  return { deliveries: creditFactsOf(invoice, credited), remarks: credited.map(remarkOf) };
}

/** What became of a credited line, as it is counted for the person who imports. */
function remarkOf({ tie }: CreditedLine): string {
  if (tie === undefined) return 'credit_of_no_goods';
  return tie.outcome === 'tied' ? 'credit_tied' : `credit_${tie.why}`;
}

function parted(
  lines: readonly OnlineRetailLine[],
  isFirst: (line: OnlineRetailLine) => boolean,
): readonly [OnlineRetailLine[], OnlineRetailLine[]] {
  return [lines.filter(isFirst), lines.filter((line) => !isFirst(line))];
}
