import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDateOrInstant, IsDigest, IsIdentifier, Optional } from '../validation/decorators.js';

export class RuleSetProposed {
  @IsIdentifier() name!: string;
  @IsIdentifier() ruleSetVersion!: string;
  /** SHA-256 over the rules, so that what was approved is what is activated. */
  @IsDigest() digest!: string;
  @IsIdentifier() proposedBy!: string;
  @Optional() @IsDateOrInstant() validFrom?: string;
}

export const ruleSetProposed = defineEvent({
  type: 'RuleSetProposed',
  dataClass: RuleSetProposed,
  schemaVersion: 1,
  categories: ['ruleSet'],
  leafFields: ['name', 'ruleSetVersion'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => [data.digest],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the digest of the rules',
    businessKey: 'none: every proposal stands alone',
    touches: 'the rule set',
  },
  effect: {
    posts: { does: 'never', words: 'rules say how others post' },
    movesStock: { does: 'never', words: 'rules move nothing' },
  },
  description: 'Rules were written down so that they can be approved.',
});
