import { webcrypto } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { canonicalJson } from '#kernel';
import { blindIndexOf } from './blind-index.js';
import { decrypt, encrypt } from './cipher.js';
import type { DataKeyStore } from './data-key-store.js';
import { KeyEncryptionKey } from './key-encryption-key.js';
import { loadKeyEncryptionKey } from './key-file.js';
import type { WrappedDataKey } from './personal-data-keys.js';
import { additionalDataOf, PersonalDataVault } from './personal-data-vault.js';

interface Vectors {
  readonly keyEncryptionKey: string;
  readonly subject: string;
  readonly subjectDigest: string;
  readonly keyId: string;
  readonly dataKey: string;
  readonly wrapNonce: string;
  readonly wrappedKey: string;
  readonly seals: readonly {
    readonly leaf: string;
    readonly field: string;
    readonly nonce: string;
    readonly clear: unknown;
    readonly ciphertext: string;
  }[];
  readonly blindIndexes: readonly {
    readonly kind: 'email' | 'phone';
    readonly text: string;
    readonly digest: string;
  }[];
}

const vectors = JSON.parse(
  await readFile(new URL('../../../test/vectors/personal-data.json', import.meta.url), 'utf8'),
) as Vectors;

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const key = new KeyEncryptionKey(hex(vectors.keyEncryptionKey));

describe('the vectors of personal data', () => {
  it('digests a subject', () => {
    expect(key.subjectDigest(vectors.subject)).toBe(vectors.subjectDigest);
  });

  it('wraps and unwraps a data key', () => {
    const { keyId, dataKey, wrapNonce, wrappedKey } = vectors;
    expect(key.wrap(keyId, hex(dataKey), hex(wrapNonce)).toString('hex')).toBe(wrappedKey);
    expect(key.unwrap(keyId, hex(wrappedKey)).toString('hex')).toBe(dataKey);
  });

  it.each(vectors.seals)('seals $field on $leaf, as another implementation does', async (seal) => {
    const additional = additionalDataOf(seal);
    const clear = Buffer.from(canonicalJson(seal.clear), 'utf8');
    const sealed = encrypt(hex(vectors.dataKey), hex(seal.nonce), clear, additional);
    expect(sealed.toString('base64url')).toBe(seal.ciphertext);
    expect(decrypt(hex(vectors.dataKey), hex(seal.nonce), sealed, additional)).toEqual(clear);

    const { subtle } = webcrypto;
    const imported = await subtle.importKey('raw', hex(vectors.dataKey), 'AES-GCM', false, [
      'encrypt',
    ]);
    const algorithm = {
      name: 'AES-GCM',
      iv: hex(seal.nonce),
      additionalData: Buffer.from(additional),
    };
    const other = await subtle.encrypt(algorithm, imported, clear);
    expect(Buffer.from(other).toString('base64url')).toBe(seal.ciphertext);
  });

  it.each(vectors.blindIndexes)('indexes the $kind "$text"', ({ kind, text, digest }) => {
    expect(blindIndexOf(key, kind, text)).toBe(digest);
  });

  it('indexes nothing where there is nothing to search by', () => {
    expect(blindIndexOf(key, 'email', '  ')).toBeUndefined();
    expect(blindIndexOf(key, 'phone', '+ ()')).toBeUndefined();
  });
});

/** Keys of this process alone; the PostgreSQL store has a specification of its own. */
class KeysInMemory implements DataKeyStore {
  readonly keys = new Map<string, WrappedDataKey>();
  finds = 0;

  async claim(candidates: readonly WrappedDataKey[]): Promise<readonly WrappedDataKey[]> {
    return candidates.map((candidate) => {
      const known = [...this.keys.values()].find(
        ({ subjectDigest }) => subjectDigest === candidate.subjectDigest,
      );
      if (!known) this.keys.set(candidate.keyId, candidate);
      return known ?? candidate;
    });
  }

  async find(keyIds: readonly string[]): Promise<readonly WrappedDataKey[]> {
    this.finds += 1;
    return keyIds.flatMap((keyId) => this.keys.get(keyId) ?? []);
  }

  async keysOf(subjectDigests: readonly string[]) {
    return [...this.keys.values()]
      .filter(({ subjectDigest }) => subjectDigests.includes(subjectDigest))
      .map(({ keyId, subjectDigest }) => ({ keyId, subjectDigest, isLive: true }));
  }

  async subjectsIndexedAs() {
    return [];
  }

  async tracesOf() {
    return { subjectDigests: [], indexDigests: [], leaves: [] };
  }

  async destroy(keyIds: readonly string[]): Promise<number> {
    return keyIds.filter((keyId) => this.keys.delete(keyId)).length;
  }
}

describe('the vault', () => {
  const place = { leaf: 'order-shop.eu:1001', field: 'customer' };
  const clear = { name: 'Ada', email: 'ada@example.org' };

  it('opens what it sealed, in another process too, and never twice under one nonce', async () => {
    const store = new KeysInMemory();
    const vault = new PersonalDataVault(key, store);
    const first = await vault.seal(clear, 'ada', place);
    const second = await vault.seal(clear, 'ada', place);

    expect(first.keyId).toBe(second.keyId);
    expect(first.nonce).not.toBe(second.nonce);
    expect(first.ciphertext).not.toBe(second.ciphertext);
    const other = new PersonalDataVault(key, store);
    expect(await other.open(first, place)).toEqual({ outcome: 'clear', value: clear });
    await other.open(second, place);
    expect(store.finds).toBe(1);
  });

  it('opens a ciphertext in its own place alone', async () => {
    const vault = new PersonalDataVault(key, new KeysInMemory());
    const sealed = await vault.seal(clear, 'ada', place);

    const otherLeaf = { ...place, leaf: 'order-shop.eu:1002' };
    await expect(vault.open(sealed, otherLeaf)).rejects.toThrow('moved from another place');
    await expect(vault.open(sealed, { ...place, field: 'recipient' })).rejects.toThrow('moved');
    const altered = { ...sealed, ciphertext: `A${sealed.ciphertext.slice(1)}` };
    const flipped = { ...sealed, ciphertext: `B${sealed.ciphertext.slice(1)}` };
    const tampered = altered.ciphertext === sealed.ciphertext ? flipped : altered;
    await expect(vault.open(tampered, place)).rejects.toThrow('was altered');
  });

  it('cannot open anything of a person who was forgotten, and still opens everything else', async () => {
    const vault = new PersonalDataVault(key, new KeysInMemory());
    const ada = await vault.seal(clear, 'ada', place);
    const eve = await vault.seal({ name: 'Eve' }, 'eve', place);

    expect(await vault.erase('ada')).toBe(1);

    expect(await vault.open(ada, place)).toEqual({ outcome: 'erased' });
    expect(await vault.open(eve, place)).toMatchObject({ value: { name: 'Eve' } });
    const returned = await vault.seal(clear, 'ada', place);
    expect(returned.keyId).not.toBe(ada.keyId);
  });

  it('opens nothing with a key that was on its way while its person was forgotten', async () => {
    const store = new KeysInMemory();
    const sealed = await new PersonalDataVault(key, store).seal(clear, 'ada', place);
    const vault = new PersonalDataVault(key, store);
    const find = store.find.bind(store);
    let arrive: (() => void) | undefined;
    store.find = async (keyIds) => {
      const found = await find(keyIds);
      await new Promise<void>((resolve) => (arrive = resolve));
      return found;
    };
    const early = vault.open(sealed, place);
    await vi.waitFor(() => expect(arrive).toBeDefined());
    await vault.erase('ada');
    arrive?.();
    expect(await early).toMatchObject({ outcome: 'clear' });

    store.find = find;
    expect(await vault.open(sealed, place)).toEqual({ outcome: 'erased' });
  });

  it('does not open under another key-encryption key, and says what to look for', async () => {
    const store = new KeysInMemory();
    const sealed = await new PersonalDataVault(key, store).seal(clear, 'ada', place);
    const other = new PersonalDataVault(new KeyEncryptionKey(Buffer.alloc(32, 1)), store);
    await expect(other.open(sealed, place)).rejects.toThrow('Was the key file replaced?');
  });
});

describe('the key file', () => {
  it('is created once, for its owner alone, and read again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'daybook-key-'));
    const path = join(folder, 'key');
    await expect(loadKeyEncryptionKey(path, { create: false })).rejects.toThrow('ENOENT');

    const created = await Promise.all(
      [1, 2].map(() => loadKeyEncryptionKey(path, { create: true })),
    );
    const read = await loadKeyEncryptionKey(path, { create: false });

    expect((await stat(path)).mode & 0o777).toBe(0o600);
    for (const each of created) expect(each.subjectDigest('a')).toBe(read.subjectDigest('a'));
    await writeFile(join(folder, 'short'), 'abc\n', { mode: 0o600 });
    await expect(loadKeyEncryptionKey(join(folder, 'short'), { create: false })).rejects.toThrow(
      '64 hexadecimal digits',
    );
    await writeFile(join(folder, 'open'), '00'.repeat(32), { mode: 0o644 });
    await expect(loadKeyEncryptionKey(join(folder, 'open'), { create: false })).rejects.toThrow(
      'chmod 600',
    );
    await rm(folder, { recursive: true });
  });
});
