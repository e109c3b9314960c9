import { createHmac, hkdfSync } from 'node:crypto';
import { dataKeyBytes } from './cipher.js';

/**
 * The two keys that name subjects and index e-mail addresses and telephone numbers. They are derived
 * from the first key-encryption key (HKDF-SHA256, RFC 5869) and outlive it, wrapped by the next one:
 * a digest of years ago must still be found.
 */
export class DigestKeys {
  readonly #subjectKey: Buffer;
  readonly #indexKey: Buffer;

  private constructor(subjectKey: Buffer, indexKey: Buffer) {
    this.#subjectKey = subjectKey;
    this.#indexKey = indexKey;
  }

  static derivedFrom(keyEncryptionKey: Uint8Array): DigestKeys {
    return new DigestKeys(
      derive(keyEncryptionKey, 'daybook subject digest 1'),
      derive(keyEncryptionKey, 'daybook blind index 1'),
    );
  }

  /** @param bytes as {@link DigestKeys.bytes} gave them */
  static of(bytes: Buffer): DigestKeys {
    if (bytes.length !== 2 * dataKeyBytes) {
      throw new Error(`Digest keys have ${2 * dataKeyBytes} bytes, these ${bytes.length}.`);
    }
    return new DigestKeys(bytes.subarray(0, dataKeyBytes), bytes.subarray(dataKeyBytes));
  }

  /** Both keys, to be wrapped. */
  bytes(): Buffer {
    return Buffer.concat([this.#subjectKey, this.#indexKey]);
  }

  subjectDigest(subject: string): string {
    return hmacHex(this.#subjectKey, subject.normalize('NFC'));
  }

  indexDigest(text: string): string {
    return hmacHex(this.#indexKey, text);
  }
}

function derive(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, dataKeyBytes));
}

function hmacHex(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex');
}
