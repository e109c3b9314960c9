import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { homeOfSeal } from '../placement.js';
import { IsCount, IsIdentifier, IsOneOf, IsStorableText } from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

/** Where a seal was brought. */
export class SealTarget {
  @IsOneOf(['directory', 'http']) kind!: 'directory' | 'http';
  /** A folder's path, or an address without user, password and query. */
  @IsStorableText() place!: string;
}

export class SealPublished {
  /** How many events the seal covers: those with the sequences 0 to size − 1. */
  @IsCount() size!: number;
  /** The first sequence that no earlier seal of this target covers. */
  @IsCount() fromSequence!: number;
  /** The Merkle root over them, RFC 6962, hexadecimal. */
  @IsIdentifier() rootHash!: string;
  /** The signed checkpoint, as it was published. */
  @IsStorableText() checkpoint!: string;
  /** SHA-256 of the checkpoint's bytes, hexadecimal. */
  @IsIdentifier() checkpointDigest!: string;
  /** The id of the key it was signed with: eight hexadecimal digits. */
  @IsIdentifier() keyId!: string;
  @IsPart(() => SealTarget) target!: SealTarget;
}

export const sealPublished = defineEvent({
  type: 'SealPublished',
  dataClass: SealPublished,
  schemaVersion: 1,
  categories: ['ledger'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => [data.target.kind, data.target.place, String(data.size)],
  businessKey: () => null,
  personalData: [],
  // A ledger is sealed for years on one stream: each seal is a home of its own.
  keys: (event) => keys(homeOfSeal(event.eventId)),
  words: {
    discriminators: 'kind and place of the target, the size',
    businessKey: 'none: every seal stands alone',
    touches: 'the ledger',
  },
  effect: {
    posts: { does: 'never', words: 'it says what the book holds' },
    movesStock: { does: 'never', words: 'it says what the book holds' },
  },
  description:
    'A signed checkpoint over all earlier events was brought outside; the next covers it.',
});
