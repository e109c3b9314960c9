import { randomBytes, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { canonicalJson, type JsonValue } from '#kernel';
import type { SealedPersonalData } from '#events';
import { type BlindIndexKind, blindIndexOf } from './blind-index.js';
import { dataKeyBytes, decrypt, encrypt, nonceBytes } from './cipher.js';
import type { DataKeyStore } from './data-key-store.js';
import type { PersonalDataKeys, WrappedDataKey } from './personal-data-keys.js';
import { personDigestsIn, personDigestsOf } from './person-digests.js';

/** Where a ciphertext stands; it opens nowhere else. */
export interface SealPlace {
  readonly leaf: string;
  readonly field: string;
}

export interface SealRequest {
  readonly clear: JsonValue;
  /** Who it is about, as the event class names it; never stored in clear. */
  readonly subject: string;
  readonly place: SealPlace;
}

export interface OpenRequest {
  readonly sealed: SealedPersonalData;
  readonly place: SealPlace;
}

export type OpenedPersonalData =
  | { readonly outcome: 'clear'; readonly value: JsonValue }
  /** Its key was destroyed: the person was forgotten. */
  | { readonly outcome: 'erased' };

export interface VaultLimits {
  /** The most unwrapped keys in memory, twice: by subject and by id. */
  readonly cachedKeysMax: number;
  /** How long a process may still open data whose key another process has destroyed. */
  readonly cachedKeyMilliseconds: number;
}

export const defaultVaultLimits: VaultLimits = {
  cachedKeysMax: 10_000,
  cachedKeyMilliseconds: 60_000,
};

interface DataKey {
  readonly keyId: string;
  readonly key: Buffer;
}

/** A key that is not kept yet, with bytes already sealed under it. */
export interface SealedUnderNewKey {
  readonly wrapped: WrappedDataKey;
  /** Nonce, ciphertext and tag, in this order. */
  readonly sealedBytes: Buffer;
}

/**
 * Seals and opens personal data: one data key a subject, each wrapped by the key-encryption key.
 * Forgetting somebody is destroying one key; the events and their digests stay as they are.
 */
export class PersonalDataVault {
  readonly #keys: PersonalDataKeys;
  readonly #store: DataKeyStore;
  readonly #bySubject: LRUCache<string, DataKey>;
  readonly #byId: LRUCache<string, DataKey>;
  /** Counts how often the caches were emptied. */
  #forgotten = 0;

  constructor(
    keys: PersonalDataKeys,
    store: DataKeyStore,
    limits: VaultLimits = defaultVaultLimits,
  ) {
    this.#keys = keys;
    this.#store = store;
    const bounds = { max: limits.cachedKeysMax, ttl: limits.cachedKeyMilliseconds };
    this.#bySubject = new LRUCache(bounds);
    this.#byId = new LRUCache(bounds);
  }

  /** Seals one value; {@link sealAll} does many with one question to the key store. */
  async seal(clear: JsonValue, subject: string, place: SealPlace): Promise<SealedPersonalData> {
    const [sealed] = await this.sealAll([{ clear, subject, place }]);
    if (sealed === undefined) throw new Error('Sealing one value gave none.');
    return sealed;
  }

  async sealAll(requests: readonly SealRequest[]): Promise<readonly SealedPersonalData[]> {
    const keys = await this.#keysOfSubjects(requests.map((request) => request.subject));
    return requests.map(({ clear, subject, place }) => {
      const key = keys.get(this.#keys.subjectDigest(subject));
      if (key === undefined) throw new Error('The key store left a subject without a key.');
      const nonce = randomBytes(nonceBytes);
      const bytes = Buffer.from(canonicalJson(clear), 'utf8');
      return {
        keyId: key.keyId,
        nonce: nonce.toString('base64url'),
        ciphertext: encrypt(key.key, nonce, bytes, additionalDataOf(place)).toString('base64url'),
      };
    });
  }

  /** Opens one value; {@link openAll} does many with one question to the key store. */
  async open(sealed: SealedPersonalData, place: SealPlace): Promise<OpenedPersonalData> {
    const [opened] = await this.openAll([{ sealed, place }]);
    return opened ?? { outcome: 'erased' };
  }

  /** @throws Error where a ciphertext was altered or stands in another place than it was made for. */
  async openAll(requests: readonly OpenRequest[]): Promise<readonly OpenedPersonalData[]> {
    const keys = await this.#keysById(requests.map(({ sealed }) => sealed.keyId));
    return requests.map(({ sealed, place }) => {
      const key = keys.get(sealed.keyId);
      if (key === undefined) return { outcome: 'erased' };
      const nonce = Buffer.from(sealed.nonce, 'base64url');
      const ciphertext = Buffer.from(sealed.ciphertext, 'base64url');
      const clear = openOrExplain(key, nonce, ciphertext, place);
      return { outcome: 'clear', value: JSON.parse(clear.toString('utf8')) as JsonValue };
    });
  }

  /**
   * Seals bytes under a key of their own, which the caller keeps in one step with the bytes.
   * Raw deliveries are sealed so: forgetting one customer leaves every other delivery readable.
   */
  sealUnderNewKey(clear: Uint8Array, subject: string, place: SealPlace): SealedUnderNewKey {
    // Asked for at once: the bytes of a key and its nonce come from the system as one.
    const random = randomBytes(dataKeyBytes + nonceBytes);
    const dataKey = random.subarray(0, dataKeyBytes);
    const nonce = random.subarray(dataKeyBytes);
    return {
      wrapped: this.#wrapNew(this.#keys.subjectDigest(subject), dataKey),
      sealedBytes: Buffer.concat([nonce, encrypt(dataKey, nonce, clear, additionalDataOf(place))]),
    };
  }

  /** Opens what {@link sealUnderNewKey} sealed. */
  async openBytes(
    keyId: string,
    sealedBytes: Buffer,
    place: SealPlace,
  ): Promise<Buffer | 'erased'> {
    const key = (await this.#keysById([keyId])).get(keyId);
    if (key === undefined) return 'erased';
    const nonce = sealedBytes.subarray(0, nonceBytes);
    return openOrExplain(key, nonce, sealedBytes.subarray(nonceBytes), place);
  }

  /** The digest under which {@link BlindIndexKind} text is looked up, or undefined for empty text. */
  blindIndex(kind: BlindIndexKind, text: string): string | undefined {
    return blindIndexOf(this.#keys, kind, text);
  }

  /** The digest a subject is known by wherever its name may not stand. */
  subjectDigest(subject: string): string {
    return this.#keys.subjectDigest(subject);
  }

  /** The digest of a request that may name a person: equal requests have equal digests. */
  requestDigest(text: string): string {
    return this.#keys.indexDigest(JSON.stringify(['request', text]));
  }

  /** The digests of all persons that can be recognised in bytes of a source; see {@link personDigestsIn}. */
  personDigests(body: Uint8Array, source: string): readonly string[] {
    return personDigestsIn(this.#keys, body, source);
  }

  /** Forgets a subject for good; answers how many keys were destroyed. */
  async erase(subject: string): Promise<number> {
    const keys = await this.#store.keysOf([this.subjectDigest(subject)]);
    return this.destroyKeys(keys.map(({ keyId }) => keyId));
  }

  /**
   * Destroys keys of subjects and the keys of all evidence that tells of them; keys that are gone
   * are passed over. Answers how many keys were destroyed.
   */
  async destroyKeys(keyIds: readonly string[]): Promise<number> {
    if (keyIds.length === 0) return 0;
    const destroyed = await this.#store.destroy(keyIds, (traces) =>
      personDigestsOf(this.#keys, traces),
    );
    this.forgetCachedKeys();
    return destroyed;
  }

  /** Asks the key store again for every key; for what another process has destroyed. */
  forgetCachedKeys(): void {
    this.#forgotten += 1;
    this.#bySubject.clear();
    this.#byId.clear();
  }

  async #keysOfSubjects(subjects: readonly string[]): Promise<Map<string, DataKey>> {
    const keys = new Map<string, DataKey>();
    const unknown = new Set<string>();
    for (const subject of subjects) {
      const digest = this.#keys.subjectDigest(subject);
      const known = this.#bySubject.get(digest);
      if (known === undefined) unknown.add(digest);
      else keys.set(digest, known);
    }
    if (unknown.size === 0) return keys;
    const candidates = [...unknown].map((digest) => this.#wrapNew(digest));
    const asOf = this.#forgotten;
    for (const wrapped of await this.#store.claim(candidates)) {
      keys.set(wrapped.subjectDigest, this.#remember(wrapped, asOf));
    }
    return keys;
  }

  async #keysById(keyIds: readonly string[]): Promise<Map<string, DataKey>> {
    const keys = new Map<string, DataKey>();
    const unknown = new Set<string>();
    for (const keyId of keyIds) {
      const known = this.#byId.get(keyId);
      if (known === undefined) unknown.add(keyId);
      else keys.set(keyId, known);
    }
    if (unknown.size === 0) return keys;
    const asOf = this.#forgotten;
    for (const wrapped of await this.#store.find([...unknown])) {
      keys.set(wrapped.keyId, this.#remember(wrapped, asOf));
    }
    return keys;
  }

  #wrapNew(subjectDigest: string, dataKey: Buffer = randomBytes(dataKeyBytes)): WrappedDataKey {
    const keyId = randomUUID();
    const { generation } = this.#keys;
    return { keyId, subjectDigest, wrappedKey: this.#keys.wrap(keyId, dataKey), generation };
  }

  /** A key that was asked for before the caches were emptied may be one that was destroyed since. */
  #remember(wrapped: WrappedDataKey, asOf: number): DataKey {
    const key = this.#keys.unwrap(wrapped.keyId, wrapped.wrappedKey, wrapped.generation);
    const dataKey = { keyId: wrapped.keyId, key };
    if (asOf !== this.#forgotten) return dataKey;
    this.#bySubject.set(wrapped.subjectDigest, dataKey);
    this.#byId.set(wrapped.keyId, dataKey);
    return dataKey;
  }
}

/** The bytes that bind a ciphertext to its field of its stream. */
export function additionalDataOf(place: SealPlace): string {
  return canonicalJson(['daybook personal data 1', place.leaf, place.field]);
}

function openOrExplain(
  key: DataKey,
  nonce: Uint8Array,
  ciphertext: Uint8Array,
  place: SealPlace,
): Buffer {
  try {
    return decrypt(key.key, nonce, ciphertext, additionalDataOf(place));
  } catch (cause) {
    throw new Error(
      `The ciphertext of ${place.field} on ${place.leaf} under key ${key.keyId} was altered, or was moved from another place.`,
      { cause },
    );
  }
}
