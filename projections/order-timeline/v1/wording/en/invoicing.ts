import { objectPartsOf, type PlacedEvent } from '#events';
import { formatMoney, type Money } from '#kernel';
import { type ContextWording, notTold } from '../event-wording.js';
import { becauseOf, inWords, money, quantityOf } from './phrases.js';

/** The number of a document, as its issuer wrote it. */
function numberOf(event: PlacedEvent): string {
  return objectPartsOf(event.leaf, event)[1] ?? event.leaf;
}

interface SupplierDocument {
  readonly currency: string;
  readonly lines: readonly { readonly net: Money; readonly tax: Money }[];
}

function totalOf({ currency, lines }: SupplierDocument): string {
  const total = lines.reduce(
    (sum, { net, tax }) => sum + BigInt(net.minor) + BigInt(tax.minor),
    0n,
  );
  return formatMoney(total, currency);
}

export const invoicingWording: ContextWording<'invoicing'> = {
  InvoiceIssued: {
    internal: (event) => `Invoiced ${money(event.data.total)} with ${numberOf(event)}`,
    customer: ({ data }) => `Your invoice over ${money(data.total)} was issued`,
  },
  CreditMemoIssued: {
    internal: (event) => `Credited ${money(event.data.total)} with ${numberOf(event)}`,
    customer: ({ data }) => `Your credit note over ${money(data.total)} was issued`,
  },
  RevenueRecognized: {
    internal: ({ data }) => `Recognised revenue of ${money(data.total)} with ${data.document}`,
    customer: notTold,
  },
  SupplierInvoiceReceived: {
    internal: (event) => `A supplier invoiced ${totalOf(event.data)} with ${numberOf(event)}`,
    customer: notTold,
  },
  SupplierInvoiceMatched: {
    internal: ({ data }) =>
      `Line ${data.line} of a supplier's invoice agrees at ${money(data.received)}, a difference of ${money(data.priceVariance)}`,
    customer: notTold,
  },
  SupplierInvoiceMismatched: {
    internal: ({ data }) =>
      `Line ${data.line} of a supplier's invoice asks for ${money(data.invoiced)} instead of ${money(data.expected)}: ${inWords(data.difference)}`,
    customer: notTold,
  },
  SupplierCreditNoteReceived: {
    internal: (event) =>
      `A supplier credited ${totalOf(event.data)} with ${numberOf(event)}${becauseOf(event.data.reason)}`,
    customer: notTold,
  },
  GoodsReceiptMatched: {
    internal: ({ data }) =>
      `Receipt ${data.receipt} at ${data.node} agrees with the order: ${quantityOf(data.qty, data.uom)}`,
    customer: notTold,
  },
  GoodsReceiptMismatched: {
    internal: ({ data }) =>
      `Receipt ${data.receipt} at ${data.node} has ${quantityOf(data.receivedQty, data.uom)} instead of ${data.expectedQty}: ${inWords(data.difference)}`,
    customer: notTold,
  },
  CarrierInvoiceReceived: {
    internal: ({ data }) => `The carrier charges ${money(data.net)} for ${inWords(data.charge)}`,
    customer: notTold,
  },
};
