/** A data key as it is kept: useless without the key-encryption key. */
export interface WrappedDataKey {
  /** A random UUID; what ciphertexts name. */
  readonly keyId: string;
  /** HMAC-SHA256 of the subject, hexadecimal: nobody can be found by it without the key file. */
  readonly subjectDigest: string;
  /** Nonce, encrypted key and tag, in this order. */
  readonly wrappedKey: Buffer;
  /** Which key-encryption key wraps it, counted from 1. */
  readonly generation: number;
}

/** What the vault needs of the secret of personal data: one key-encryption key, or two in turn. */
export interface PersonalDataKeys {
  /** Which key-encryption key wraps now. */
  readonly generation: number;
  /** The digest a subject is stored as. */
  subjectDigest(subject: string): string;
  /** The digest of a text that is searched for; see `blindIndexOf` for what goes in. */
  indexDigest(text: string): string;
  /** Encrypts a data key for keeping; the key's id is bound to it, so that rows cannot be swapped. */
  wrap(keyId: string, dataKey: Uint8Array): Buffer;
  /** @throws Error where the key was wrapped by another key-encryption key, or for another id. */
  unwrap(keyId: string, wrapped: Uint8Array, generation: number): Buffer;
}
