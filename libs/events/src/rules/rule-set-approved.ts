import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDigest, IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';

export class RuleSetApproved {
  @IsIdentifier() name!: string;
  @IsIdentifier() ruleSetVersion!: string;
  @IsDigest() digest!: string;
  @IsIdentifier() approvedBy!: string;
  @Optional() @IsLeafOf('approval') approval?: string;
}

export const ruleSetApproved = defineEvent({
  type: 'RuleSetApproved',
  dataClass: RuleSetApproved,
  schemaVersion: 1,
  categories: ['ruleSet'],
  leafFields: ['name', 'ruleSetVersion'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => [data.digest, data.approvedBy],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the digest of the rules and who approved them',
    businessKey: 'none: every approval stands alone',
    touches: 'the rule set',
  },
  effect: {
    posts: { does: 'never', words: 'rules say how others post' },
    movesStock: { does: 'never', words: 'rules move nothing' },
  },
  description: 'Somebody other than their author approved the rules.',
});
