import type { FactDelivery } from '../fact-delivery.js';
import { attributesOf } from './fact-parts.js';
import { onlineRetailNode, onlineRetailRegistration } from './registration.js';
import type { OnlineRetailInvoice, OnlineRetailLine } from './rows.js';

const reasonNotTold = 'not told';

/** Units found or gone. The description is what somebody wrote about it. */
export function stockFactsOf(
  invoice: OnlineRetailInvoice,
  lines: readonly OnlineRetailLine[],
): readonly FactDelivery<'StockAdjusted'>[] {
  return lines.map(({ line, stockCode, quantity, description }) => ({
    ...attributesOf(invoice, `stock-adjusted-${line}`),
    type: 'StockAdjusted',
    sku: stockCode,
    node: onlineRetailNode,
    data: {
      owner: { kind: 'legal_entity', id: onlineRetailRegistration.legalEntity },
      bucket: 'sellable',
      delta: quantity,
      uom: 'each',
      adjustment: invoice.number,
      line,
      reason: description === '' ? reasonNotTold : description,
    },
  }));
}
