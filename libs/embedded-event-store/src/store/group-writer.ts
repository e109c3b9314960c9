import type { RecentBytes } from '../log/recent-bytes.js';
import { DiskFullError, type SegmentedLog } from '../log/segmented-log.js';
import type { EventIndex } from './event-index.js';
import type { IndexFiles } from './index-files.js';

interface WriterParts {
  readonly index: EventIndex;
  readonly log: SegmentedLog;
  readonly indexFiles: IndexFiles;
  readonly recentBytes: RecentBytes;
  readonly isSealed: boolean;
}

/** Brings one group after another to the disk, and remembers one that the disk had no room for. */
export class GroupWriter {
  readonly #parts: WriterParts;
  #isSealed: boolean;
  /** A group that was decided and indexed, and may stand on the disk in parts. */
  #unwritten: Buffer | undefined;
  #savingIndex: Promise<void> = Promise.resolve();

  constructor(parts: WriterParts) {
    this.#parts = parts;
    this.#isSealed = parts.isSealed;
  }

  /** Where the next group begins, and the salt of its frames. */
  get place(): { readonly end: number; readonly salt: number } {
    const { end, salt } = this.#parts.log;
    return { end, salt };
  }

  /**
   * Makes sure of room for a group before it is decided: where the disk is full nothing of it exists
   * yet. A group that found no room before is written first; `caughtUp` is called when it is durable.
   */
  async makeRoom(bytes: number, caughtUp: () => void): Promise<'made' | 'disk_full'> {
    const { log } = this.#parts;
    if (this.#unwritten !== undefined) {
      if ((await this.write(this.#unwritten)) === 'disk_full') return 'disk_full';
      caughtUp();
    }
    const segments = log.full.length;
    const room = await log.makeRoom(bytes);
    if (log.full.length > segments) this.#saveIndex();
    return room;
  }

  /** Resolves once the group is durable, or where the disk is full, though room was made. */
  async write(bytes: Buffer): Promise<'written' | 'disk_full'> {
    if (bytes.length === 0) return 'written';
    const { log, recentBytes } = this.#parts;
    try {
      await log.append(bytes);
    } catch (error) {
      if (!(error instanceof DiskFullError)) throw error;
      this.#unwritten = bytes;
      return 'disk_full';
    }
    this.#unwritten = undefined;
    recentBytes.add(bytes);
    this.#isSealed = false;
    return 'written';
  }

  /** Marks everything before as durable, so that damage there is never taken for a torn tail. */
  async seal(): Promise<void> {
    if (this.#isSealed || this.#unwritten !== undefined) return;
    try {
      this.#parts.recentBytes.add(await this.#parts.log.seal());
      this.#isSealed = true;
    } catch (error) {
      if (!(error instanceof DiskFullError)) throw error;
    }
  }

  /** Cuts everything behind the durable end. */
  trim(): Promise<void> {
    return this.#parts.log.trim();
  }

  /** Ends what runs beside the groups and closes the files. */
  async close(): Promise<void> {
    await this.#savingIndex;
    await this.#parts.log.close();
  }

  #saveIndex(): void {
    const { index, log, indexFiles } = this.#parts;
    const full = log.full.at(-1);
    if (full === undefined) return;
    this.#savingIndex = this.#savingIndex
      .then(() => indexFiles.save(index, full))
      // The file spares the next start some time; the disk's failure shows with the next group.
      .catch(() => {});
  }
}
