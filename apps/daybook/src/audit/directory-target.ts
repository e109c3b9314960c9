import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  hashBytes,
  MissingTileError,
  noteBytesMax,
  type SealTarget,
  SealTargetError,
  type SizedTile,
  tileHashes,
  tilePath,
} from '#audit';
import { makePath } from '../data-directory/index.js';
import { systemErrorCode } from '../data-directory/system-error.js';

const checkpointName = 'checkpoint';

/** Seals in a folder: what is published is durable before the checkpoint tells of it. */
export class DirectoryTarget implements SealTarget {
  readonly kind = 'directory';
  /** Folders with new names in them, which a power cut could take back until they are synced. */
  readonly #unsynced = new Set<string>();

  /** @param place an absolute path; made where it is missing */
  constructor(readonly place: string) {}

  async readCheckpoint(): Promise<string | undefined> {
    const bytes = await readIfThere(join(this.place, checkpointName));
    if (bytes === undefined) return undefined;
    if (bytes.length > noteBytesMax) {
      throw new SealTargetError(`The checkpoint in ${this.place} is no checkpoint: too long.`);
    }
    return bytes.toString('utf8');
  }

  async read(tile: SizedTile): Promise<Buffer> {
    const length = tile.width * hashBytes;
    for (const width of new Set([tile.width, tileHashes])) {
      const bytes = await readIfThere(join(this.place, tilePath({ ...tile, width })));
      if (bytes?.length === width * hashBytes) return bytes.subarray(0, length);
    }
    throw new MissingTileError(tile, this.place);
  }

  async putTile(path: string, hashes: Uint8Array): Promise<'written' | 'present' | 'differs'> {
    const file = join(this.place, path);
    const standing = await readIfThere(file);
    if (standing !== undefined) return standing.equals(hashes) ? 'present' : 'differs';
    await this.#makeFolder(dirname(file));
    const draft = await writeDraft(file, hashes);
    try {
      // A link fails where the name is taken, so that of two publishers none writes over the other.
      await link(draft, file);
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
      return (await readFile(file)).equals(hashes) ? 'present' : 'differs';
    } finally {
      await rm(draft, { force: true });
    }
    this.#unsynced.add(dirname(file));
    return 'written';
  }

  async putCheckpoint(note: string): Promise<void> {
    await this.#makeFolder(this.place);
    for (const folder of this.#unsynced) await syncFolder(folder);
    this.#unsynced.clear();
    const file = join(this.place, checkpointName);
    await rename(await writeDraft(file, Buffer.from(note)), file);
    await syncFolder(this.place);
  }

  async #makeFolder(folder: string): Promise<void> {
    const first = await makePath(folder);
    if (first === undefined) return;
    const above = dirname(first);
    for (let made = folder; made !== above; made = dirname(made)) this.#unsynced.add(made);
    this.#unsynced.add(above);
  }
}

async function writeDraft(file: string, bytes: Uint8Array): Promise<string> {
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o644);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return draft;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '')) return undefined;
    throw error;
  }
}
