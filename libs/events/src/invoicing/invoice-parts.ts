import type { Money } from '#kernel';
import type { EventParts, FieldFault } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { lineKinds } from '../orders/order-lines.js';
import { ordersOfLines } from '../shared-parts.js';
import { IsSignedMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, IsOneOf, IsQuantity, Optional } from '../validation/decorators.js';

/** What a line is of: as an order's lines, and what is given off a document without being of one. */
export const documentLineKinds = [...lineKinds, 'discount'] as const;
export type DocumentLineKind = (typeof documentLineKinds)[number];

/** One line of a document, as its issuer wrote it. */
export class InvoiceLine {
  @IsIdentifier() line!: string;
  /** Below zero where the line takes something off, such as a voucher. */
  @IsSignedMoney() net!: Money;
  @IsSignedMoney() tax!: Money;
  /** Left out where the line is of the whole document, such as a fee of a collective one. */
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
  @Optional() @IsQuantity() qty?: number;
  /** Where it names no order line, only these tell goods from postage, fees and discounts. */
  @Optional() @IsOneOf(documentLineKinds) kind?: DocumentLineKind;
  @Optional() @IsIdentifier() sku?: string;
}

interface InvoiceData {
  currency: string;
  total: Money;
  lines: InvoiceLine[];
  shipment?: string;
  pickup?: string;
  invoice?: string;
  returnRef?: string;
}

/**
 * A document lives by itself and is shown with the one shipment, pickup or return it is for. A
 * collective document names many orders and none of those, so that it joins nothing; and what credits
 * it is joined with it only where it does not say itself whose it is.
 */
export function invoiceKeys({ leaf, data }: EventParts<InvoiceData>): EventKeys {
  const { shipment, pickup, invoice, returnRef } = data;
  const orders = ordersOfLines(data.lines);
  const credited = orders.length === 0 ? invoice : undefined;
  return keys(leaf, {
    connects: [shipment, pickup, credited, returnRef].filter((named) => named !== undefined),
    subjects: orders,
  });
}

/** A document's own rounding is its own, so that its total is kept and not compared. */
export function checkInvoice({ data }: EventParts<InvoiceData>): readonly FieldFault[] {
  const amounts = [data.total, ...data.lines.flatMap(({ net, tax }) => [net, tax])];
  return amounts.every(({ currency }) => currency === data.currency)
    ? []
    : [{ field: 'data.lines', message: `every amount must be in ${data.currency}` }];
}
