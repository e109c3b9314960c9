import { leafOf } from '#kernel';
import { blindIndexOf } from './blind-index.js';
import type { PersonTraces } from './data-key-store.js';
import type { PersonalDataKeys } from './personal-data-keys.js';
import { type RecognisedPersons, recognisePersons } from './recognised-persons.js';

/** The most digests that are noted of one body. */
const digestsMax = 10_000;

/**
 * Keyed digests of whom a body tells of, where nobody understood it: its e-mail addresses, telephone
 * numbers, ids of persons and the orders and shipments it names. Forgetting a person finds it by
 * these. What cannot be recognised, such as a name alone, ends with the body's retention.
 */
export function personDigestsIn(
  keys: PersonalDataKeys,
  body: Uint8Array,
  source: string,
): readonly string[] {
  const digests = new Set<string>();
  for (const digest of digestsOf(keys, recognisePersons(body), source)) {
    if (digests.size === digestsMax) break;
    digests.add(digest);
  }
  return [...digests];
}

/** The digests under which bodies that tell of a person were noted. */
export function personDigestsOf(keys: PersonalDataKeys, traces: PersonTraces): readonly string[] {
  return [
    ...traces.subjectDigests,
    ...traces.indexDigests,
    ...traces.leaves.map((leaf) => leafDigestOf(keys, leaf)),
  ];
}

function* digestsOf(
  keys: PersonalDataKeys,
  { emails, personIds, objectIds, leaves, phones }: RecognisedPersons,
  source: string,
): Iterable<string> {
  for (const email of emails) yield* definedOf(blindIndexOf(keys, 'email', email));
  for (const id of personIds) {
    yield keys.subjectDigest(JSON.stringify(['customer', source, id]));
  }
  const ownLeaves = objectIds.flatMap((id) =>
    ['order', 'shipment', 'return'].map((category) => leafOf(category, [source, id])),
  );
  for (const leaf of [...leaves, ...ownLeaves]) {
    yield leafDigestOf(keys, leaf);
    yield keys.subjectDigest(JSON.stringify(['recipient', leaf]));
  }
  for (const phone of phones) {
    // The same number is written with a plus, with two zeros, or without either.
    const digits = phone.replace(/\D/g, '').replace(/^00/, '');
    yield* definedOf(blindIndexOf(keys, 'phone', phone));
    yield* definedOf(blindIndexOf(keys, 'phone', `+${digits}`));
    yield* definedOf(blindIndexOf(keys, 'phone', digits));
  }
}

function leafDigestOf(keys: PersonalDataKeys, leaf: string): string {
  return keys.subjectDigest(JSON.stringify(['leaf', leaf]));
}

function definedOf(digest: string | undefined): readonly string[] {
  return digest === undefined ? [] : [digest];
}
