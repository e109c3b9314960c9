import { carrierInvoiceReceived } from './carrier-invoice-received.js';
import { creditMemoIssued } from './credit-memo-issued.js';
import { goodsReceiptMatched } from './goods-receipt-matched.js';
import { goodsReceiptMismatched } from './goods-receipt-mismatched.js';
import { invoiceIssued } from './invoice-issued.js';
import { revenueRecognized } from './revenue-recognized.js';
import { supplierCreditNoteReceived } from './supplier-credit-note-received.js';
import { supplierInvoiceMatched } from './supplier-invoice-matched.js';
import { supplierInvoiceMismatched } from './supplier-invoice-mismatched.js';
import { supplierInvoiceReceived } from './supplier-invoice-received.js';

/** The events of documents of customers, suppliers and carriers. */
export const invoicingEvents = {
  InvoiceIssued: invoiceIssued,
  CreditMemoIssued: creditMemoIssued,
  RevenueRecognized: revenueRecognized,
  SupplierInvoiceReceived: supplierInvoiceReceived,
  SupplierInvoiceMatched: supplierInvoiceMatched,
  SupplierInvoiceMismatched: supplierInvoiceMismatched,
  SupplierCreditNoteReceived: supplierCreditNoteReceived,
  GoodsReceiptMatched: goodsReceiptMatched,
  GoodsReceiptMismatched: goodsReceiptMismatched,
  CarrierInvoiceReceived: carrierInvoiceReceived,
} as const;
