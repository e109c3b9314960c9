import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsCount, IsDigest, IsOneOf } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export const erasureSubjectKinds = ['customer', 'recipient'] as const;
export type ErasureSubjectKind = (typeof erasureSubjectKinds)[number];

/** A person by a keyed digest: nobody can be told from it without the key file. */
export class ErasureSubject {
  @IsOneOf(erasureSubjectKinds) kind!: ErasureSubjectKind;
  @IsDigest() digest!: string;
}

export class ErasureRequested {
  @IsListOf(() => ErasureSubject, 1) subjects!: ErasureSubject[];
  /** Orders of these persons that were not finished when it was asked for. */
  @IsCount() openOrders!: number;
}

export const erasureRequested = defineEvent({
  type: 'ErasureRequested',
  dataClass: ErasureRequested,
  schemaVersion: 1,
  categories: ['erasure'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: () => [],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'none',
    businessKey: 'none: every erasure stands alone',
    touches: 'the erasure',
  },
  effect: {
    posts: { does: 'never', words: 'amounts stay when a person is forgotten' },
    movesStock: { does: 'never', words: 'units stay when a person is forgotten' },
  },
  description: 'It was asked for that persons be forgotten; they are named by keyed digests.',
});
