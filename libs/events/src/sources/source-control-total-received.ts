import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsSignedMoney } from '../validation/amounts.js';
import { IsAccount, IsCount, IsIdentifier, Optional } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

/** What the source counts of one event type, and its amounts in one currency where it has any. */
export class ControlSum {
  @IsIdentifier() eventType!: string;
  @IsCount() records!: number;
  @Optional() @IsSignedMoney() amount?: Money;
}

export class SourceControlTotalReceived {
  /** The account whose facts are counted. */
  @IsAccount() reporter!: string;
  /** The business day or the batch that is counted. */
  @IsIdentifier() span!: string;
  /** How many records the source says it sent. */
  @IsCount() records!: number;
  /** Which of its number ranges is counted, where the source has several. */
  @Optional() @IsIdentifier() numberRange?: string;
  /** The first and the last number of the range, so that a gap has a name. */
  @Optional() @IsCount() firstSequence?: number;
  @Optional() @IsCount() lastSequence?: number;
  @Optional() @IsListOf(() => ControlSum) sums?: ControlSum[];
}

export const sourceControlTotalReceived = defineEvent({
  type: 'SourceControlTotalReceived',
  dataClass: SourceControlTotalReceived,
  schemaVersion: 1,
  categories: ['source'],
  leafFields: ['reporter', 'span'],
  mayBe: ['fact'],
  versioned: true,
  discriminators: ({ data }) => [data.numberRange ?? ''],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the number range or empty',
    businessKey: 'none: a register per number range',
    touches: 'the source and the day or batch',
  },
  effect: {
    posts: { does: 'never', words: 'it is compared with what was recorded' },
    movesStock: { does: 'never', words: 'it is compared with what was recorded' },
  },
  description: 'A source says what it sent for a business day or a batch.',
  checks: ({ data }) => {
    const { firstSequence: first, lastSequence: last } = data;
    if ((first === undefined) !== (last === undefined)) {
      return [{ field: 'data.lastSequence', message: 'the first number goes with the last' }];
    }
    return first !== undefined && last !== undefined && last < first
      ? [{ field: 'data.lastSequence', message: 'must not lie before the first' }]
      : [];
  },
});
