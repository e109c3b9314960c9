import { defineEvent } from '../event-definition.js';
import { measureOfLines } from '../measures.js';
import {
  IsCurrency,
  IsDateOrInstant,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';
import {
  checkSupplierDocument,
  supplierDocumentKeys,
  SupplierInvoiceLine,
} from './supplier-invoice-parts.js';

export class SupplierInvoiceReceived {
  @IsRegisteredKey() legalEntity!: string;
  @IsCurrency() currency!: string;
  @IsListOf(() => SupplierInvoiceLine, 1) lines!: SupplierInvoiceLine[];
  @Optional() @IsDateOrInstant() dueAt?: string;
}

export const supplierInvoiceReceived = defineEvent({
  type: 'SupplierInvoiceReceived',
  dataClass: SupplierInvoiceReceived,
  schemaVersion: 1,
  categories: ['supplierInvoice'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  measure: measureOfLines,
  personalData: [],
  keys: supplierDocumentKeys,
  words: {
    discriminators: 'none',
    businessKey: "the supplier's invoice",
    touches: "the supplier's invoice and the orders it drop-shipped",
  },
  effect: {
    posts: { does: 'never', words: 'a line is booked once it is matched' },
    movesStock: { does: 'never', words: 'goods come in through StockReceived' },
  },
  description: 'A supplier sent an invoice.',
  checks: checkSupplierDocument,
});
