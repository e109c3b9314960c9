import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export class ErpPostingConfirmed {
  /** The ERP's own number of the document. */
  @IsIdentifier() document!: string;
  @IsRegisteredKey() period!: string;
  @Optional() @IsDateOrInstant() postingDate?: string;
  @Optional() @IsQuantity() attempt?: number;
}

export const erpPostingConfirmed = defineEvent({
  type: 'ErpPostingConfirmed',
  dataClass: ErpPostingConfirmed,
  schemaVersion: 1,
  categories: ['posting'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.document],
  businessKey: ({ leaf, data }) => [leaf, data.document],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: "the document's number",
    businessKey: "the posting and the document's number",
    touches: 'the posting',
  },
  effect: {
    posts: {
      does: 'never',
      words: 'the entry was issued before; two documents of one posting are a finding',
    },
    movesStock: { does: 'never', words: 'an entry moves value, not stock' },
  },
  description: 'The ERP posted an entry.',
});
