import type { DocumentLineKind } from '#events';

/** A row of a day's file, as it is written there. */
export interface OnlineRetailRow {
  readonly InvoiceNo: string;
  readonly StockCode: string;
  readonly Description: string;
  readonly Quantity: string;
  readonly InvoiceDate: string;
  readonly UnitPrice: string;
  readonly CustomerID: string;
  readonly Country: string;
}

/** An invoice with its rows in the order of the file. */
export interface FiledInvoice {
  readonly number: string;
  readonly rows: readonly OnlineRetailRow[];
}

/** An invoice as read. */
export interface OnlineRetailInvoice {
  readonly number: string;
  /** Its number begins with C: it takes back what other invoices sold, and names none of them. */
  readonly isCredit: boolean;
  /** RFC 3339, to the minute: the earliest of its rows. */
  readonly at: string;
  /** Null where the source does not know who bought. */
  readonly customer: string | null;
  readonly country: string;
  readonly lines: readonly OnlineRetailLine[];
}

/** One row of an invoice. Two equal rows are two lines. */
export interface OnlineRetailLine {
  /** Its place among the rows of its invoice, from 1. */
  readonly line: string;
  readonly stockCode: string;
  readonly kind: DocumentLineKind;
  /** Empty where nobody wrote one; of stock that is put right it tells the reason. */
  readonly description: string;
  /** Units; below zero where they come back or are gone. */
  readonly quantity: number;
  /** Of one unit, as written. */
  readonly unitPrice: string;
  /** Of one unit, in pence. */
  readonly unitMinor: number;
}
