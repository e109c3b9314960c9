import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { measureOfLines } from '../measures.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsCurrency,
  IsDateOrInstant,
  IsLeafOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';
import { checkInvoice, invoiceKeys, InvoiceLine } from './invoice-parts.js';

export class InvoiceIssued {
  @IsRegisteredKey() legalEntity!: string;
  @IsCurrency() currency!: string;
  @IsMoney() total!: Money;
  @IsListOf(() => InvoiceLine, 1) lines!: InvoiceLine[];
  /** What is invoiced, where it is one shipment or pickup. */
  @Optional() @IsLeafOf('shipment') shipment?: string;
  @Optional() @IsLeafOf('pickup') pickup?: string;
  @Optional() @IsDateOrInstant() dueAt?: string;
}

export const invoiceIssued = defineEvent({
  type: 'InvoiceIssued',
  dataClass: InvoiceIssued,
  schemaVersion: 1,
  categories: ['invoice'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  measure: measureOfLines,
  authority: 'issuer',
  personalData: [],
  keys: invoiceKeys,
  words: {
    discriminators: 'none',
    businessKey: 'the invoice',
    touches: 'the invoice, its orders, the shipment and the pickup',
  },
  effect: {
    posts: {
      does: 'never',
      words:
        'revenue and tax are booked by the dispatch or pickup; what the ERP books itself is matched by ErpDocumentObserved',
    },
    movesStock: { does: 'never', words: 'it is a document' },
  },
  description: 'The ERP or billing wrote an invoice to a customer.',
  checks: checkInvoice,
});
