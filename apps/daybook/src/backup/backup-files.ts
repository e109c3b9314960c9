import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file of a backup: its path in the backup with slashes, its size and its SHA-256. */
export interface BackupFile {
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Writes a stream to a new file, durably, and answers its size and digest. */
export async function writeDigested(
  source: Readable,
  directory: string,
  path: string,
): Promise<BackupFile> {
  const target = join(directory, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const digesting = new Digesting();
  await pipeline(
    source,
    digesting,
    createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true }),
  );
  return { path, bytes: digesting.bytes, sha256: digesting.hash.digest('hex') };
}

/** Copies a file into a folder where it was not, durably. */
export async function copyDurably(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await copyFile(source, target, 1);
  const file = await open(target, 'r+');
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The size and digest of a file as it can be read now. */
export async function digestFile(directory: string, path: string): Promise<BackupFile> {
  const digesting = new Digesting();
  await pipeline(createReadStream(join(directory, path)), digesting, async (chunks) => {
    for await (const _chunk of chunks) continue;
  });
  return { path, bytes: digesting.bytes, sha256: digesting.hash.digest('hex') };
}

/** The paths of all files below a folder, relative to `root`, sorted. */
export async function filesBelow(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** A name survives a power cut only when the folder that holds it is written too. */
export async function synchroniseFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Passes bytes on and counts and digests them. */
class Digesting extends Transform {
  readonly hash: Hash = createHash('sha256');
  bytes = 0;

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: null, chunk: Buffer) => void,
  ): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
    done(null, chunk);
  }
}
