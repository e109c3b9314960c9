import type { WrappedDataKey } from './key-encryption-key.js';

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
  /**
   * Destroys the subject's key, the keys of the raw deliveries that tell of the subject, and the
   * subject's search entries, in one transaction. What those keys sealed cannot be read again.
   * Answers how many keys were destroyed.
   */
  destroy(subjectDigest: string): Promise<number>;
}
