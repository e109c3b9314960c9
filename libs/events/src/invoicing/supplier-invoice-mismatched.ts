import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName } from '../placement.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, IsOneOf, Optional } from '../validation/decorators.js';
import { homeOfSupplierDocument } from './supplier-invoice-parts.js';

export type SupplierDifference = 'quantity' | 'price' | 'not_ordered' | 'not_received' | 'tax';

export class SupplierInvoiceMismatched {
  /** The line of the invoice. */
  @IsIdentifier() line!: string;
  @IsOneOf(['quantity', 'price', 'not_ordered', 'not_received', 'tax'])
  difference!: SupplierDifference;
  /** What was to be paid by order and receipt; what the line asks for stands on the invoice. */
  @IsMoney() expected!: Money;
  @IsMoney() invoiced!: Money;
  @Optional() @IsLeafOf('purchaseOrder') purchaseOrder?: string;
  @Optional() @IsIdentifier() purchaseOrderLine?: string;
}

export const supplierInvoiceMismatched = defineEvent({
  type: 'SupplierInvoiceMismatched',
  dataClass: SupplierInvoiceMismatched,
  schemaVersion: 1,
  categories: ['supplierInvoice'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.line],
  businessKey: ({ leaf, data }) => [leaf, data.line],
  personalData: [],
  keys: ({ eventId, leaf }) =>
    keys(homeOfSupplierDocument(leaf), { connects: [eventName(eventId)] }),
  words: {
    discriminators: 'the line',
    businessKey: "the supplier's invoice and the line",
    touches: "the supplier's invoice",
  },
  effect: {
    posts: { does: 'never', words: 'it is held back until it is approved or credited' },
    movesStock: { does: 'never', words: 'goods come in through StockReceived' },
  },
  description: "A line of a supplier's invoice does not agree with what was ordered or received.",
});
