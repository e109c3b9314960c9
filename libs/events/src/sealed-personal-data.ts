/** Personal data as it stands in an event: AES-256-GCM under its subject's key. */
export interface SealedPersonalData {
  readonly keyId: string;
  /** 96 random bits, base64url. */
  readonly nonce: string;
  /** The ciphertext followed by its 128-bit tag, base64url. */
  readonly ciphertext: string;
}

/** A field that is clear at the edge and sealed from the moment it is recorded. */
export type PersonalData<Clear> = Clear | SealedPersonalData;
