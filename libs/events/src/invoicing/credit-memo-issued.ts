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

export class CreditMemoIssued {
  @IsRegisteredKey() legalEntity!: string;
  @IsCurrency() currency!: string;
  @IsMoney() total!: Money;
  @IsListOf(() => InvoiceLine, 1) lines!: InvoiceLine[];
  /** The memo's id as a credit or refund names it, where it is not the document's own. */
  @Optional() @IsIdentifier() creditMemo?: string;
  /** The invoice that is credited. */
  @Optional() @IsLeafOf('invoice') invoice?: string;
  @Optional() @IsLeafOf('return') returnRef?: string;
}

export const creditMemoIssued = defineEvent({
  type: 'CreditMemoIssued',
  dataClass: CreditMemoIssued,
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
    businessKey: 'the credit memo',
    touches: 'the credit memo, its orders, the invoice and the return',
  },
  effect: {
    posts: {
      does: 'never',
      words:
        'the credit is booked by CreditGranted; what the ERP books itself is matched by ErpDocumentObserved',
    },
    movesStock: { does: 'never', words: 'it is a document' },
  },
  description: 'The ERP or billing wrote a credit memo to a customer.',
  checks: checkInvoice,
});
