import type { Money } from '#kernel';
import type { EventParts, FieldFault } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { eventName, homeOfHappening } from '../placement.js';
import { ordersOfLines } from '../shared-parts.js';
import { IsSignedMoney, IsUnitAmount } from '../validation/amounts.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

/** One line of a supplier's document, as the supplier wrote it. */
export class SupplierInvoiceLine {
  @IsIdentifier() line!: string;
  /** Below zero where the line takes something off, such as a discount. */
  @IsSignedMoney() net!: Money;
  @IsSignedMoney() tax!: Money;
  /** Left out for what is no goods, such as freight. */
  @Optional() @IsIdentifier() sku?: string;
  @Optional() @IsQuantity() qty?: number;
  @Optional() @IsRegisteredKey() uom?: string;
  @Optional() @IsUnitAmount() unitPrice?: { decimal: string; currency: string };
  @Optional() @IsLeafOf('purchaseOrder') purchaseOrder?: string;
  @Optional() @IsIdentifier() purchaseOrderLine?: string;
  /** The order that the supplier sent to, where it drop-shipped. */
  @Optional() @IsLeafOf('order') order?: string;
}

interface SupplierDocument {
  currency: string;
  lines: SupplierInvoiceLine[];
  invoice?: string;
}

/** The home of a supplier's document and of what is said of its lines. */
export function homeOfSupplierDocument(supplierInvoiceLeaf: string): string {
  return homeOfHappening('supplierDocument', supplierInvoiceLeaf, []);
}

/**
 * A supplier's document is one home. It names purchase orders but joins none, since a monthly
 * invoice would join them all; a credit note is kept with the invoice it is for.
 */
export function supplierDocumentKeys({
  eventId,
  leaf,
  data,
}: EventParts<SupplierDocument> & { readonly eventId: string }): EventKeys {
  const credited = data.invoice === undefined ? [] : [homeOfSupplierDocument(data.invoice)];
  return keys(homeOfSupplierDocument(leaf), {
    connects: [eventName(eventId), ...credited],
    subjects: ordersOfLines(data.lines),
  });
}

export function checkSupplierDocument({
  data,
}: EventParts<SupplierDocument>): readonly FieldFault[] {
  const amounts = data.lines.flatMap(({ net, tax, unitPrice }) =>
    unitPrice === undefined ? [net, tax] : [net, tax, unitPrice],
  );
  if (amounts.some(({ currency }) => currency !== data.currency)) {
    return [{ field: 'data.lines', message: `every amount must be in ${data.currency}` }];
  }
  const lines = data.lines.map(({ line }) => line);
  return new Set(lines).size === lines.length
    ? []
    : [{ field: 'data.lines', message: 'a line is there twice' }];
}
