import { createCipheriv, createDecipheriv } from 'node:crypto';

export const dataKeyBytes = 32;
export const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM (NIST SP 800-38D): the ciphertext followed by its 128-bit tag.
 * A nonce is used once under a key; `additional` is authenticated with it and not kept.
 */
export function encrypt(
  key: Uint8Array,
  nonce: Uint8Array,
  clear: Uint8Array,
  additional: string,
): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(additional, 'utf8'));
  return Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Undoes {@link encrypt}.
 *
 * @throws Error where the bytes were altered, or were made under another key or for another place.
 */
export function decrypt(
  key: Uint8Array,
  nonce: Uint8Array,
  ciphertext: Uint8Array,
  additional: string,
): Buffer {
  const end = ciphertext.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(additional, 'utf8'));
  decipher.setAuthTag(ciphertext.subarray(end));
  return Buffer.concat([decipher.update(ciphertext.subarray(0, end)), decipher.final()]);
}
