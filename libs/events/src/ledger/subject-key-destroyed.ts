import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDigest, IsIdentifier } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export class DestroyedKey {
  /** A random UUID; what ciphertexts name. */
  @IsIdentifier() keyId!: string;
  /** The keyed digest of whom it was for. */
  @IsDigest() subject!: string;
}

export class SubjectKeyDestroyed {
  @IsListOf(() => DestroyedKey, 1) keys!: DestroyedKey[];
}

export const subjectKeyDestroyed = defineEvent({
  type: 'SubjectKeyDestroyed',
  dataClass: SubjectKeyDestroyed,
  schemaVersion: 1,
  categories: ['erasure'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => data.keys.map(({ keyId }) => keyId),
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the ids of the keys',
    businessKey: 'none: a key is destroyed once',
    touches: 'the erasure',
  },
  effect: {
    posts: { does: 'never', words: 'what the key sealed is no amount' },
    movesStock: { does: 'never', words: 'what the key sealed is no stock' },
  },
  description:
    'From here on the keys of a person do not exist. It is recorded before they are destroyed, and every start destroys what it names again, so that no crash and no restored backup keeps them.',
});
