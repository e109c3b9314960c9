import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsQuantity, IsStorableText, Optional } from '../validation/decorators.js';

export class ErpPostingRejected {
  @IsQuantity() attempt!: number;
  /** The ERP's code. */
  @IsIdentifier() code!: string;
  /** What the ERP says; it names no person. */
  @Optional() @IsStorableText() reason?: string;
}

export const erpPostingRejected = defineEvent({
  type: 'ErpPostingRejected',
  dataClass: ErpPostingRejected,
  schemaVersion: 1,
  categories: ['posting'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [String(data.attempt)],
  businessKey: ({ leaf, data }) => [leaf, String(data.attempt)],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'the attempt',
    businessKey: 'the posting and the attempt',
    touches: 'the posting',
  },
  effect: {
    posts: { does: 'never', words: 'the entry stays issued and is not in the ERP' },
    movesStock: { does: 'never', words: 'an entry moves value, not stock' },
  },
  description: 'The ERP refused to post an entry.',
});
