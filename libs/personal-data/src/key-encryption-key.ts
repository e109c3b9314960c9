import { createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, stat, unlink } from 'node:fs/promises';
import { dataKeyBytes, decrypt, encrypt, nonceBytes } from './cipher.js';

/** A data key as it is kept: useless without the key-encryption key. */
export interface WrappedDataKey {
  /** A random UUID; what ciphertexts name. */
  readonly keyId: string;
  /** HMAC-SHA256 of the subject, hexadecimal: nobody can be found by it without the key file. */
  readonly subjectDigest: string;
  /** Nonce, encrypted key and tag, in this order. */
  readonly wrappedKey: Buffer;
}

/**
 * The one secret of personal data. It wraps data keys, and two keys derived from it (HKDF-SHA256,
 * RFC 5869) name subjects and index e-mail addresses and telephone numbers, so that none of the
 * three uses tells anything about another.
 */
export class KeyEncryptionKey {
  readonly #key: Buffer;
  readonly #subjectKey: Buffer;
  readonly #indexKey: Buffer;

  constructor(key: Uint8Array) {
    if (key.length !== dataKeyBytes) {
      throw new Error(`A key-encryption key has ${dataKeyBytes} bytes, this one ${key.length}.`);
    }
    this.#key = Buffer.from(key);
    this.#subjectKey = derive(key, 'daybook subject digest 1');
    this.#indexKey = derive(key, 'daybook blind index 1');
  }

  /** The digest a subject is stored as. */
  subjectDigest(subject: string): string {
    return hmacHex(this.#subjectKey, subject.normalize('NFC'));
  }

  /** The digest of a text that is searched for; see `blindIndexOf` for what goes in. */
  indexDigest(text: string): string {
    return hmacHex(this.#indexKey, text);
  }

  /** Encrypts a data key for keeping; the key's id is bound to it, so that rows cannot be swapped. */
  wrap(keyId: string, dataKey: Uint8Array, nonce: Uint8Array = randomBytes(nonceBytes)): Buffer {
    return Buffer.concat([nonce, encrypt(this.#key, nonce, dataKey, keyId)]);
  }

  /** @throws Error where the key was wrapped by another key-encryption key, or for another id. */
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

function derive(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, dataKeyBytes));
}

function hmacHex(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex');
}

/**
 * Reads the key-encryption key: a file that its owner alone may read, with 64 hexadecimal digits.
 * With `create`, a missing file is written first with a random key; it is never written over.
 *
 * @throws Error that names the file where it is missing, readable by others, or no such key.
 */
export async function loadKeyEncryptionKey(
  path: string,
  options: { readonly create: boolean },
): Promise<KeyEncryptionKey> {
  if (options.create && !(await exists(path))) await createOnce(path);
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) {
    throw new Error(`The key file ${path} can be read by others. Run: chmod 600 ${path}`);
  }
  const text = (await readFile(path, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new Error(`The key file ${path} must hold 64 hexadecimal digits and nothing else.`);
  }
  return new KeyEncryptionKey(Buffer.from(text, 'hex'));
}

/** A whole file or none: it gets its name by a link, which fails where the name is taken. */
async function createOnce(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(dataKeyBytes).toString('hex')}\n`);
    await file.sync();
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await file.close();
    await unlink(draft);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
