import { leafOf, sha256Hex } from '#kernel';
import {
  type PersonalDataVault,
  scrubCardData,
  type SealedUnderNewKey,
  type SealPlace,
} from '#personal-data';

/** A raw body as it is kept: without card data, under a key of its own. */
export interface SealedBody {
  /** SHA-256 of the bytes as they came. */
  readonly digest: string;
  readonly sealed: SealedUnderNewKey;
  readonly scrubbedCount: number;
}

export type BodyKind = 'delivery' | 'quarantine';

/** Seals a raw body for keeping; `id` is the delivery's id, or the digest in the quarantine. */
export function sealBody(
  vault: PersonalDataVault,
  kind: BodyKind,
  source: string,
  id: string,
  rawBody: Uint8Array,
): SealedBody {
  const { body, scrubbedCount } = scrubCardData(rawBody);
  const subject = JSON.stringify([kind, source, id]);
  const sealed = vault.sealUnderNewKey(body, subject, bodyPlace(kind, source, id));
  return { digest: sha256Hex(rawBody), sealed, scrubbedCount };
}

export function bodyPlace(kind: BodyKind, source: string, id: string): SealPlace {
  return { leaf: leafOf(kind, [source, id]), field: 'body' };
}
