import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { refuse, type Refusal } from '#kernel';
import { ed25519Type, publicKeyBytes, readKeyBytes } from './key-encoding.js';
import { isKeyName, type VerifierKey, verifierKeyOf } from './verifier-key.js';

/** Who signs notes. The secret stands in the key object alone, which prints as nothing. */
export interface SignerKey {
  readonly verifier: VerifierKey;
  readonly privateKey: KeyObject;
}

const prefix = 'PRIVATE+KEY+';
const seedBytes = 32;
/** What RFC 8410 puts before the 32 bytes of an Ed25519 seed in PKCS #8. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The text of a new random key, as {@link parseSignerKey} reads it. It is a secret. */
export function generateSignerKey(name: string): string {
  if (!isKeyName(name)) throw new Error(`"${name}" is no name of a key: no spaces and no plus.`);
  const seed = randomBytes(seedBytes);
  const { verifier } = signerKeyOf(name, seed);
  const typed = Buffer.concat([Uint8Array.of(ed25519Type), seed]);
  return `${prefix}${name}+${verifier.keyId}+${typed.toString('base64')}`;
}

/**
 * Reads a signer key as Go's sumdb/note writes it: `PRIVATE+KEY+<name>+<id>+<base64>`. The text is
 * never repeated in a message.
 */
export function parseSignerKey(text: string): SignerKey | Refusal<'signer_key_invalid'> {
  const trimmed = text.trim();
  const [name = '', keyId = '', ...rest] = trimmed.slice(prefix.length).split('+');
  const bytes = readKeyBytes(rest.join('+'));
  if (!trimmed.startsWith(prefix) || !isKeyName(name) || bytes?.length !== publicKeyBytes) {
    return invalid('it must read PRIVATE+KEY+<name>+<8 hexadecimal digits>+<base64>');
  }
  const key = signerKeyOf(name, bytes.subarray(1));
  return key.verifier.keyId === keyId ? key : invalid('its id does not belong to its name and key');
}

function signerKeyOf(name: string, seed: Uint8Array): SignerKey {
  const der = Buffer.concat([pkcs8Head, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { verifier: verifierKeyOf(name, Buffer.from(x ?? '', 'base64url')), privateKey };
}

function invalid(why: string): Refusal<'signer_key_invalid'> {
  return refuse('signer_key_invalid', `This is no signer key of signed notes: ${why}.`);
}
