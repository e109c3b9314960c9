import { isDate } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDateOrInstant, IsOneOf, IsStorableText } from '../validation/decorators.js';

export const deferralCauses = ['order_open', 'retention'] as const;
export type DeferralCause = (typeof deferralCauses)[number];

export class ErasureDeferred {
  /** The day it is looked at again; on it, and after it, the erasure may be completed. */
  @IsDateOrInstant() until!: string;
  @IsOneOf(deferralCauses) cause!: DeferralCause;
  /** Why the data may be kept until then; names no person. */
  @IsStorableText() legalBasis!: string;
}

export const erasureDeferred = defineEvent({
  type: 'ErasureDeferred',
  dataClass: ErasureDeferred,
  schemaVersion: 1,
  categories: ['erasure'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => [data.until],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the day it is deferred to',
    businessKey: 'none: every deferral stands alone',
    touches: 'the erasure',
  },
  effect: {
    posts: { does: 'never', words: 'it says when a person is forgotten' },
    movesStock: { does: 'never', words: 'it says when a person is forgotten' },
  },
  description: 'An erasure waits, since there is a legal reason to keep the data for now.',
  checks: ({ data }) =>
    isDate(data.until) ? [] : [{ field: 'data.until', message: 'must be a day' }],
});
