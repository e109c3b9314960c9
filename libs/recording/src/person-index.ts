import { type AnyNewEvent, definitionOf } from '#events';
import { type BlindIndexKind, isSealed, type PersonalDataVault } from '#personal-data';
import type { DeliveryName, IndexedText } from './evidence.js';

const indexedFields: readonly BlindIndexKind[] = ['email', 'phone'];

/** What the leaf can be found by once only the keyed hash is left. */
export function indexedTexts(
  vault: PersonalDataVault,
  { source, deliveryId }: DeliveryName,
  clear: AnyNewEvent,
  sealed: AnyNewEvent,
): readonly IndexedText[] {
  const texts: IndexedText[] = [];
  for (const { field } of definitionOf(clear.type).personalData) {
    const person = (clear.data as Readonly<Record<string, unknown>>)[field];
    const ciphertext = (sealed.data as Readonly<Record<string, unknown>>)[field];
    if (typeof person !== 'object' || person === null || !isSealed(ciphertext)) continue;
    for (const kind of indexedFields) {
      const text = (person as Readonly<Record<string, unknown>>)[kind];
      const digest = typeof text === 'string' ? vault.blindIndex(kind, text) : undefined;
      if (digest === undefined) continue;
      texts.push({ source, deliveryId, kind, digest, leaf: clear.leaf, keyId: ciphertext.keyId });
    }
  }
  return texts;
}

/** The keys of the persons an event tells of. */
export function sealedKeyIds(event: AnyNewEvent): readonly string[] {
  const data = event.data as Readonly<Record<string, unknown>>;
  const values = definitionOf(event.type).personalData.map(({ field }) => data[field]);
  return [...new Set(values.filter(isSealed).map(({ keyId }) => keyId))];
}

/** The digests of the persons a fact tells of, whatever became of its delivery. */
export function subjectDigestsOf(vault: PersonalDataVault, event: AnyNewEvent): readonly string[] {
  const data = event.data as Readonly<Record<string, unknown>>;
  return definitionOf(event.type)
    .personalData.filter(({ field }) => data[field] !== undefined)
    .map(({ subject }) => vault.subjectDigest(subject(event)));
}
