import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import {
  IsAccount,
  IsCount,
  IsDateOrInstant,
  IsIdentifier,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export class SourceAuthoritySet {
  @IsIdentifier() eventType!: string;
  @IsAccount() reporter!: string;
  /** Whose report counts where several tell of one happening: the least rank. */
  @IsCount() rank!: number;
  /** In force from this day or instant, until the next. */
  @IsDateOrInstant() validFrom!: string;
  /** Only for what is told of this legal entity. */
  @Optional() @IsRegisteredKey() legalEntity?: string;
  /** Only for what came through this channel. */
  @Optional() @IsIdentifier() channel?: string;
}

export const sourceAuthoritySet = defineEvent({
  type: 'SourceAuthoritySet',
  dataClass: SourceAuthoritySet,
  schemaVersion: 1,
  categories: ['authority'],
  leafFields: ['eventType', 'reporter'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: ({ data: { validFrom, legalEntity, channel } }) =>
    legalEntity === undefined && channel === undefined
      ? [validFrom]
      : [validFrom, legalEntity ?? '', channel ?? ''],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators:
      'the day or instant it is valid from; the legal entity and the channel where it names one',
    businessKey: 'none: a register per validity, legal entity and channel',
    touches: 'every happening of this type that the account reports',
  },
  effect: {
    posts: { does: 'never', words: 'it decides whose report posts' },
    movesStock: { does: 'never', words: 'it decides whose report moves stock' },
  },
  description: 'It was settled how far an account is believed about a type of event.',
});
