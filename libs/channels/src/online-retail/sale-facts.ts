import type { EventData } from '#events';
import type { FactDelivery } from '../fact-delivery.js';
import { attributesOf, documentHeadOf, documentLineOf, moneyOf, skuOf } from './fact-parts.js';
import { onlineRetailOrderLeaf, onlineRetailRegistration } from './registration.js';
import type { OnlineRetailInvoice, OnlineRetailLine } from './rows.js';

type OrderLine = EventData<'OrderCaptured'>['lines'][number];

const { account, legalEntity, currency } = onlineRetailRegistration;

/** What was bought, and the invoice written for it. No row tells of a payment or a dispatch. */
export function saleFactsOf(
  invoice: OnlineRetailInvoice,
  lines: readonly OnlineRetailLine[],
): readonly FactDelivery[] {
  return [orderCapturedOf(invoice, lines), invoiceIssuedOf(invoice, lines)];
}

function orderCapturedOf(
  invoice: OnlineRetailInvoice,
  lines: readonly OnlineRetailLine[],
): FactDelivery<'OrderCaptured'> {
  const { number, customer, country } = invoice;
  return {
    ...attributesOf(invoice, 'order-captured'),
    type: 'OrderCaptured',
    objectid: number,
    data: {
      legalEntity,
      currency,
      // Whoever is not known may be anybody: a debtor of all unknown buyers would join strangers.
      debtor: { kind: 'customer', id: customer ?? `unknown-${number}` },
      channel: account,
      lines: lines.map(orderLineOf),
      customer: { addresses: [{ country }] },
    },
  };
}

function orderLineOf(sold: OnlineRetailLine): OrderLine {
  const { line, kind, quantity, unitPrice, stockCode } = sold;
  if (kind === 'discount') throw new Error('A discount was sold: reading refuses it.');
  return {
    line,
    kind,
    ...skuOf(kind, stockCode),
    qty: quantity,
    uom: 'each',
    gross: moneyOf(sold),
    discount: { minor: 0, currency },
    taxes: [],
    unitPrice: { decimal: unitPrice, currency },
  };
}

function invoiceIssuedOf(
  invoice: OnlineRetailInvoice,
  lines: readonly OnlineRetailLine[],
): FactDelivery<'InvoiceIssued'> {
  const order = onlineRetailOrderLeaf(invoice.number);
  return {
    ...attributesOf(invoice, 'invoice-issued'),
    type: 'InvoiceIssued',
    objectid: invoice.number,
    data: {
      ...documentHeadOf(lines),
      lines: lines.map((sold) => ({ ...documentLineOf(sold), order, orderLine: sold.line })),
    },
  };
}
