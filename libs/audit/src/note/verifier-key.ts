import { createPublicKey, type KeyObject } from 'node:crypto';
import { refuse, type Refusal } from '#kernel';
import { ed25519Type, keyIdOf, readKeyBytes, publicKeyBytes } from './key-encoding.js';

/** Who a note's signature is checked against: a name and an Ed25519 public key. */
export interface VerifierKey {
  /** The name of the signer; for a log its origin. */
  readonly name: string;
  /** Eight hexadecimal digits: the first four bytes of a hash over name and key. */
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

const keyNamePattern = /^[^\s+]+$/u;

/** A name that may stand in a note's signature line: no spaces and no plus. */
export function isKeyName(name: string): boolean {
  return keyNamePattern.test(name);
}

/** Reads a verifier key as the C2SP signed note writes it: `<name>+<id>+<base64 of type and key>`. */
export function parseVerifierKey(text: string): VerifierKey | Refusal<'verifier_key_invalid'> {
  const [name = '', keyId = '', ...rest] = text.trim().split('+');
  const bytes = readKeyBytes(rest.join('+'));
  if (!isKeyName(name) || bytes?.length !== publicKeyBytes) {
    return invalid('it must read <name>+<8 hexadecimal digits>+<base64 of an Ed25519 key>');
  }
  if (keyId !== keyIdOf(name, bytes)) return invalid('its id does not belong to its name and key');
  return { name, keyId, publicKey: publicKeyOf(bytes) };
}

/** The text that {@link parseVerifierKey} reads. */
export function verifierKeyText({ name, keyId, publicKey }: VerifierKey): string {
  const { x } = publicKey.export({ format: 'jwk' });
  const bytes = Buffer.concat([Uint8Array.of(ed25519Type), Buffer.from(x ?? '', 'base64url')]);
  return `${name}+${keyId}+${bytes.toString('base64')}`;
}

/** The verifier key of a name and a raw public key of 32 bytes. */
export function verifierKeyOf(name: string, publicKey: Uint8Array): VerifierKey {
  const bytes = Buffer.concat([Uint8Array.of(ed25519Type), publicKey]);
  return { name, keyId: keyIdOf(name, bytes), publicKey: publicKeyOf(bytes) };
}

function publicKeyOf(typedBytes: Buffer): KeyObject {
  const x = typedBytes.subarray(1).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

function invalid(why: string): Refusal<'verifier_key_invalid'> {
  return refuse('verifier_key_invalid', `This is no verifier key of a signed note: ${why}.`);
}
