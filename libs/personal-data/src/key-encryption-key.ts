import { randomBytes } from 'node:crypto';
import { dataKeyBytes, decrypt, encrypt, nonceBytes } from './cipher.js';
import { DigestKeys } from './digest-keys.js';
import type { PersonalDataKeys } from './personal-data-keys.js';

/**
 * One secret of personal data. It wraps data keys; the digest keys that belong to a ledger are
 * derived from its first one, so that none of the three uses tells anything about another.
 */
export class KeyEncryptionKey implements PersonalDataKeys {
  readonly #key: Buffer;
  readonly #digestKeys: DigestKeys;

  constructor(
    key: Uint8Array,
    readonly generation = 1,
  ) {
    if (key.length !== dataKeyBytes) {
      throw new Error(`A key-encryption key has ${dataKeyBytes} bytes, this one ${key.length}.`);
    }
    this.#key = Buffer.from(key);
    this.#digestKeys = DigestKeys.derivedFrom(key);
  }

  /** The digest keys derived from this key. */
  get digestKeys(): DigestKeys {
    return this.#digestKeys;
  }

  subjectDigest(subject: string): string {
    return this.#digestKeys.subjectDigest(subject);
  }

  indexDigest(text: string): string {
    return this.#digestKeys.indexDigest(text);
  }

  wrap(keyId: string, dataKey: Uint8Array, nonce: Uint8Array = randomBytes(nonceBytes)): Buffer {
    return Buffer.concat([nonce, encrypt(this.#key, nonce, dataKey, keyId)]);
  }

  unwrap(keyId: string, wrapped: Uint8Array): Buffer {
    const nonce = wrapped.subarray(0, nonceBytes);
    try {
      return decrypt(this.#key, nonce, wrapped.subarray(nonceBytes), keyId);
    } catch (cause) {
      throw new Error(
        `The data key ${keyId} does not open. Was the key file replaced? Start with the file the ledger was opened with.`,
        { cause },
      );
    }
  }
}
