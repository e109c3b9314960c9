import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { dataKeyBytes } from './cipher.js';
import { KeyEncryptionKey } from './key-encryption-key.js';

/** The text of a key in its file, with the generation it is of. */
export interface KeyLine {
  readonly generation: number;
  /** 64 hexadecimal digits. */
  readonly key: string;
}

/** A key has its generation before it; the first one may stand alone. */
const linePattern = /^(?:([1-9]\d{0,5}) )?([0-9a-f]{64})$/;

/**
 * Reads the key file: a file that its owner alone may read, with one line of 64 hexadecimal digits,
 * or while a key is being replaced with two, each behind the number of its generation.
 * With `create`, a missing file is written first with a random key; it is never written over.
 *
 * @throws Error that names the file where it is missing, readable by others, or no such file.
 */
export async function readKeyFile(
  path: string,
  options: { readonly create: boolean },
): Promise<readonly KeyLine[]> {
  if (options.create && !(await exists(path))) await createOnce(path);
  const { mode } = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `The key file ${path} cannot be read (${error.code}). Put back the key file of this ledger.`,
      { cause: error },
    );
  });
  if ((mode & 0o077) !== 0) {
    throw new Error(`The key file ${path} can be read by others. Run: chmod 600 ${path}`);
  }
  const lines = (await readFile(path, 'utf8')).trim().split('\n').map(keyLineOf);
  const generations = new Set(lines.map((line) => line?.generation));
  if (generations.has(undefined) || generations.size < lines.length || lines.length > 2) {
    throw new Error(
      `The key file ${path} must hold 64 hexadecimal digits and nothing else, or while a key is being replaced two such lines, each behind the number of its generation.`,
    );
  }
  return lines
    .filter((line) => line !== undefined)
    .toSorted((left, right) => left.generation - right.generation);
}

/** Reads a key file that holds one key. */
export async function loadKeyEncryptionKey(
  path: string,
  options: { readonly create: boolean },
): Promise<KeyEncryptionKey> {
  const [line, ...others] = await readKeyFile(path, options);
  if (line === undefined || others.length > 0) {
    throw new Error(`The key file ${path} holds two keys: a rotation has to be ended first.`);
  }
  return keyOf(line);
}

export function keyOf({ generation, key }: KeyLine): KeyEncryptionKey {
  return new KeyEncryptionKey(Buffer.from(key, 'hex'), generation);
}

export function newKeyLine(generation: number): KeyLine {
  return { generation, key: randomBytes(dataKeyBytes).toString('hex') };
}

const draftSuffix = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a file of this name is one that a crash left before it got its own name. */
export function isKeyDraft(name: string): boolean {
  return draftSuffix.test(name);
}

/**
 * Replaces the key file, whole or not at all; what it held before is gone with its old name, and with
 * every draft that a crash left: a former key may stand in one.
 */
export async function writeKeyFile(path: string, lines: readonly KeyLine[]): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  const text = lines.map(({ generation, key }) => `${generation} ${key}\n`).join('');
  await writeDraft(draft, text);
  try {
    await rename(draft, path);
  } catch (error) {
    await unlink(draft);
    throw error;
  }
  await removeDrafts(path);
  await syncFolder(dirname(path));
}

async function removeDrafts(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    const isOurs = name.startsWith(`${basename(path)}.`) && isKeyDraft(name);
    if (isOurs) await unlink(join(folder, name));
  }
}

function keyLineOf(text: string): KeyLine | undefined {
  const match = linePattern.exec(text.trim());
  return match?.[2] === undefined
    ? undefined
    : { generation: Number(match[1] ?? 1), key: match[2] };
}

async function writeDraft(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name is durable once its folder is. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A whole file or none: it gets its name by a link, which fails where the name is taken. */
async function createOnce(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeDraft(draft, `${newKeyLine(1).key}\n`);
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
