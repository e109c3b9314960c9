import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { namesOfThings } from '../placement.js';
import { IsMoney } from '../validation/amounts.js';
import { IsListOfLeaves } from '../validation/lists.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class ApprovalRequested {
  /** What is to be approved: a refund, a write-off, a merge. */
  @IsIdentifier() action!: string;
  @IsListOfLeaves() about!: string[];
  @IsIdentifier() requestedBy!: string;
  @Optional() @IsMoney() amount?: Money;
  /** The amount above which it needs an approval. */
  @Optional() @IsMoney() threshold?: Money;
}

export const approvalRequested = defineEvent({
  type: 'ApprovalRequested',
  dataClass: ApprovalRequested,
  schemaVersion: 1,
  categories: ['approval'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, namesOfThings(data.about)),
  words: {
    discriminators: 'none',
    businessKey: 'the approval',
    touches: 'the approval and the orders it is about',
  },
  effect: {
    posts: { does: 'never', words: 'what is approved posts by its own event' },
    movesStock: { does: 'never', words: 'what is approved moves by its own event' },
  },
  description: 'Somebody asked that something be approved before it is done.',
});
