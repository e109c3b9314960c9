import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDateOrInstant, IsDigest, IsIdentifier } from '../validation/decorators.js';

export class RuleSetActivated {
  @IsIdentifier() name!: string;
  @IsIdentifier() ruleSetVersion!: string;
  @IsDigest() digest!: string;
  @IsDateOrInstant() validFrom!: string;
  @IsIdentifier() activatedBy!: string;
}

export const ruleSetActivated = defineEvent({
  type: 'RuleSetActivated',
  dataClass: RuleSetActivated,
  schemaVersion: 1,
  categories: ['ruleSet'],
  leafFields: ['name', 'ruleSetVersion'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => [data.validFrom],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the day or instant the rules are valid from',
    businessKey: 'none: a register per validity',
    touches: 'the rule set',
  },
  effect: {
    posts: { does: 'never', words: 'rules say how others post' },
    movesStock: { does: 'never', words: 'rules move nothing' },
  },
  description: 'Rules are in force from a day or an instant on.',
});
