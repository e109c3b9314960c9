import { hash } from 'node:crypto';

/** The type of an Ed25519 key in signed notes. */
export const ed25519Type = 1;
/** A type and a raw Ed25519 key, public or secret. */
export const publicKeyBytes = 33;

/** The id of a key: the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), hexadecimal. */
export function keyIdOf(name: string, typedPublicKey: Uint8Array): string {
  const bytes = Buffer.concat([Buffer.from(`${name}\n`), typedPublicKey]);
  return hash('sha256', bytes, 'hex').slice(0, 8);
}

/** The bytes of a key in base64, or undefined where they are not one of type Ed25519. */
export function readKeyBytes(base64: string): Buffer | undefined {
  const bytes = readBase64(base64);
  return bytes?.[0] === ed25519Type ? bytes : undefined;
}

/** Reads standard base64 with padding, in its one canonical form alone. */
export function readBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
