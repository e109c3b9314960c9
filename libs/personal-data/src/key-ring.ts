import type { Pool } from 'pg';
import { DigestKeys } from './digest-keys.js';
import type { KeyEncryptionKey } from './key-encryption-key.js';
import { type KeyLine, keyOf, newKeyLine, readKeyFile, writeKeyFile } from './key-file.js';
import type { PersonalDataKeys } from './personal-data-keys.js';

interface GenerationRow {
  readonly generation: number;
  readonly wrapped_digest_keys: Buffer;
}

/** The name the digest keys are bound to when they are wrapped. */
const digestKeysName = 'digest keys';

/** The key-encryption keys of a ledger: one, or while it is being replaced two. */
export class KeyRing implements PersonalDataKeys {
  readonly #path: string;
  readonly #digestKeys: DigestKeys;
  #lines: readonly KeyLine[];
  #keys: ReadonlyMap<number, KeyEncryptionKey>;

  private constructor(path: string, lines: readonly KeyLine[], digestKeys: DigestKeys) {
    this.#path = path;
    this.#lines = lines;
    this.#keys = keysOf(lines);
    this.#digestKeys = digestKeys;
  }

  /**
   * Opens the key file together with what the database knows of generations.
   *
   * @throws Error where the file cannot be read, or is of another generation than the database
   */
  static async open(
    pool: Pool,
    path: string,
    options: { readonly create: boolean },
  ): Promise<KeyRing> {
    const lines = await readKeyFile(path, options);
    const { rows } = await pool.query<GenerationRow>(
      'SELECT generation, wrapped_digest_keys FROM kept.key_generation ORDER BY generation DESC',
    );
    const [newest] = rows;
    const [first] = lines;
    if (newest === undefined && first?.generation === 1) {
      return new KeyRing(path, lines, keyOf(first).digestKeys);
    }
    const line = lines.find(({ generation }) => generation === newest?.generation);
    if (newest === undefined || line === undefined) {
      throw new Error(
        `The key file ${path} is of generation ${lines.at(-1)?.generation ?? 0}, and the database of generation ${newest?.generation ?? 1}: a key was replaced between the two. Put back the key file that belongs to this database, or restore a database that was backed up after the key was replaced.`,
      );
    }
    const bytes = keyOf(line).unwrap(digestKeysName, newest.wrapped_digest_keys);
    return new KeyRing(path, lines, DigestKeys.of(bytes));
  }

  get generation(): number {
    return this.#lines.at(-1)?.generation ?? 1;
  }

  /** True from the first step of a rotation to its last. */
  get isBeingReplaced(): boolean {
    return this.#lines.length > 1;
  }

  subjectDigest(subject: string): string {
    return this.#digestKeys.subjectDigest(subject);
  }

  indexDigest(text: string): string {
    return this.#digestKeys.indexDigest(text);
  }

  wrap(keyId: string, dataKey: Uint8Array): Buffer {
    return this.#keyOf(this.generation).wrap(keyId, dataKey);
  }

  unwrap(keyId: string, wrapped: Uint8Array, generation: number): Buffer {
    return this.#keyOf(generation).unwrap(keyId, wrapped);
  }

  /** The digest keys as the newest key-encryption key wraps them. */
  wrappedDigestKeys(): Buffer {
    return this.#keyOf(this.generation).wrap(digestKeysName, this.#digestKeys.bytes());
  }

  /** Writes a new key beside the one in use; from here on both are read and the new one wraps. */
  async addGeneration(): Promise<void> {
    await this.#write([...this.#lines, newKeyLine(this.generation + 1)]);
  }

  /** Takes every key but the newest out of the file and out of memory. */
  async removeFormer(): Promise<void> {
    await this.#write(this.#lines.slice(-1));
  }

  async #write(lines: readonly KeyLine[]): Promise<void> {
    await writeKeyFile(this.#path, lines);
    this.#lines = lines;
    this.#keys = keysOf(lines);
  }

  #keyOf(generation: number): KeyEncryptionKey {
    const key = this.#keys.get(generation);
    if (key !== undefined) return key;
    throw new Error(
      `The key-encryption key of generation ${generation} is not in ${this.#path}. Was the key file replaced? Start with the file the ledger was opened with.`,
    );
  }
}

function keysOf(lines: readonly KeyLine[]): ReadonlyMap<number, KeyEncryptionKey> {
  return new Map(lines.map((line) => [line.generation, keyOf(line)]));
}
