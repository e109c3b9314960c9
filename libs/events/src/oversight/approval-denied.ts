import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class ApprovalDenied {
  @IsIdentifier() decidedBy!: string;
  @Optional() @IsIdentifier() reason?: string;
}

export const approvalDenied = defineEvent({
  type: 'ApprovalDenied',
  dataClass: ApprovalDenied,
  schemaVersion: 1,
  categories: ['approval'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.decidedBy],
  businessKey: ({ leaf, data }) => [leaf, data.decidedBy],
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'who decided',
    businessKey: 'the approval and who decided',
    touches: 'the approval and the orders it is about',
  },
  effect: {
    posts: { does: 'never', words: 'what is approved posts by its own event' },
    movesStock: { does: 'never', words: 'what is approved moves by its own event' },
  },
  description: 'What was asked for may not be done.',
});
