import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfLines } from '../measures.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsCurrency,
  IsIdentifier,
  IsLeafOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';
import { checkInvoice, invoiceKeys, InvoiceLine } from './invoice-parts.js';

export class RevenueRecognized {
  /** The document that recognised it. */
  @IsIdentifier() document!: string;
  @IsRegisteredKey() legalEntity!: string;
  @IsCurrency() currency!: string;
  @IsMoney() total!: Money;
  @IsListOf(() => InvoiceLine, 1) lines!: InvoiceLine[];
  @Optional() @IsLeafOf('shipment') shipment?: string;
  @Optional() @IsLeafOf('pickup') pickup?: string;
  @Optional() @IsRegisteredKey() period?: string;
}

export const revenueRecognized = defineEvent({
  type: 'RevenueRecognized',
  dataClass: RevenueRecognized,
  schemaVersion: 1,
  categories: ['invoice'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.document],
  businessKey: ({ leaf, data }) => [leaf, data.document],
  measure: measureOfLines,
  personalData: [],
  keys: invoiceKeys,
  words: {
    discriminators: "the document's id",
    businessKey: 'the invoice and the document',
    touches: 'the invoice, its orders, the shipment and the pickup',
  },
  effect: {
    posts: {
      does: 'never',
      words:
        'revenue is booked by the dispatch or pickup; what the ERP books itself is matched by ErpDocumentObserved',
    },
    movesStock: { does: 'never', words: 'it is a document' },
  },
  description: 'The ERP or billing says that it recognised revenue.',
  checks: checkInvoice,
});
