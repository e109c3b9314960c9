import { defineEvent } from '../event-definition.js';
import { measureOfLines } from '../measures.js';
import {
  IsCurrency,
  IsIdentifier,
  IsLeafOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';
import {
  checkSupplierDocument,
  supplierDocumentKeys,
  SupplierInvoiceLine,
} from './supplier-invoice-parts.js';

export class SupplierCreditNoteReceived {
  @IsRegisteredKey() legalEntity!: string;
  @IsCurrency() currency!: string;
  @IsListOf(() => SupplierInvoiceLine, 1) lines!: SupplierInvoiceLine[];
  /** The invoice that is credited. */
  @Optional() @IsLeafOf('supplierInvoice') invoice?: string;
  /** The supplier's code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const supplierCreditNoteReceived = defineEvent({
  type: 'SupplierCreditNoteReceived',
  dataClass: SupplierCreditNoteReceived,
  schemaVersion: 1,
  categories: ['supplierInvoice'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  measure: measureOfLines,
  // The supplier issued the document; that it came, and is right, is told by who received it.
  authority: 'any',
  personalData: [],
  keys: supplierDocumentKeys,
  words: {
    discriminators: 'none',
    businessKey: "the supplier's credit note",
    touches: "the supplier's credit note and its invoice",
  },
  effect: {
    posts: {
      does: 'later',
      words: 'Dr accounts payable / Cr goods received not invoiced, price variance, input tax',
    },
    movesStock: { does: 'never', words: 'goods come in through StockReceived' },
  },
  description: 'A supplier credited what it had invoiced.',
  checks: checkSupplierDocument,
});
