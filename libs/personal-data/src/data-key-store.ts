import type { BlindIndexKind } from './blind-index.js';
import type { WrappedDataKey } from './personal-data-keys.js';

/** A key by its id, with whom it is for. */
export interface SubjectKey {
  readonly keyId: string;
  readonly subjectDigest: string;
}

/** What is noted of persons beside the data their keys sealed. */
export interface PersonTraces {
  readonly subjectDigests: readonly string[];
  /** Digests of e-mail addresses and telephone numbers. */
  readonly indexDigests: readonly string[];
  /** Leaves of the events that tell of them. */
  readonly leaves: readonly string[];
}

/** Where wrapped data keys are kept, and where a person is forgotten. */
export interface DataKeyStore {
  /**
   * The live key of each candidate's subject. A subject that has none gets its candidate, in one
   * durable step: whoever asks at the same time, in any process, is given the same key.
   * Candidates name each subject once; the answer has one key for each, in any order.
   */
  claim(candidates: readonly WrappedDataKey[]): Promise<readonly WrappedDataKey[]>;
  /** The keys that still exist among these; a destroyed one is not in the answer. */
  find(keyIds: readonly string[]): Promise<readonly WrappedDataKey[]>;
  /** Every key these subjects ever had, live or destroyed. */
  keysOf(
    subjectDigests: readonly string[],
  ): Promise<readonly (SubjectKey & { readonly isLive: boolean })[]>;
  /** The digests of the subjects that are found by the digest of an address or a number. */
  subjectsIndexedAs(kind: BlindIndexKind, digest: string): Promise<readonly string[]>;
  /** What is noted beside the data these keys sealed. */
  tracesOf(keyIds: readonly string[]): Promise<PersonTraces>;
  /**
   * Destroys these keys of subjects, the keys of the raw deliveries and quarantined bodies that tell
   * of their subjects, and their search entries, in one transaction. What those keys sealed cannot
   * be read again. Where none of the keys is live, nothing is done.
   *
   * `personDigests` are what quarantined bodies were noted under. Answers how many keys were destroyed.
   */
  destroy(
    keyIds: readonly string[],
    personDigests: (traces: PersonTraces) => readonly string[],
  ): Promise<number>;
}
