import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsTrueOrFalse, Optional } from '../validation/decorators.js';

export class ApprovalGranted {
  /** A key of the person or the rule that decided; never a name. */
  @IsIdentifier() decidedBy!: string;
  /** True where it was granted against a rule or a recommendation. */
  @Optional() @IsTrueOrFalse() override?: boolean;
  @Optional() @IsIdentifier() reason?: string;
}

export const approvalGranted = defineEvent({
  type: 'ApprovalGranted',
  dataClass: ApprovalGranted,
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
  description: 'What was asked for may be done.',
});
