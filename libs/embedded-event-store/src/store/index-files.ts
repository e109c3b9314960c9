import { isDiskFull, readFully, withFile, writeFully, type LogDirectory } from '../log/log-file.js';
import type { FullSegment } from '../log/recovery.js';
import { indexFileName } from '../log/segment-name.js';
import type { EventIndex } from './event-index.js';
import { encodeSegmentIndex, loadSegmentIndex } from './segment-index.js';

/** The index files beside the log's full segments. */
export class IndexFiles {
  readonly #directory: LogDirectory;
  readonly #names: ReadonlySet<string>;

  private constructor(directory: LogDirectory, names: readonly string[]) {
    this.#directory = directory;
    this.#names = new Set(names);
  }

  static async find(directory: LogDirectory): Promise<IndexFiles> {
    return new IndexFiles(directory, await directory.list());
  }

  /** Adds the segment's events from its index file, where it has one that fits. */
  async load(index: EventIndex, full: FullSegment): Promise<'loaded' | 'missing' | 'unfit'> {
    const name = indexFileName(full.segment.base);
    if (!this.#names.has(name)) return 'missing';
    const bytes = await withFile(this.#directory, name, async (file) =>
      readFully(file, 0, await file.size()),
    );
    return loadSegmentIndex(index, full, bytes) ? 'loaded' : 'unfit';
  }

  /**
   * Writes the index file of a full segment. It is not synced: one that is torn is not loaded. A disk
   * that is too full for it costs the next start the time to make it anew.
   */
  async save(index: EventIndex, full: FullSegment): Promise<void> {
    const { segment, footer } = full;
    const from = index.sequenceFrom(segment.base);
    const bytes = encodeSegmentIndex(index, full, { from, to: index.sequenceFrom(footer.end) });
    await withFile(this.#directory, indexFileName(segment.base), async (file) => {
      await file.truncate(0);
      await writeFully(file, bytes, 0);
    }).catch((error: unknown) => {
      if (!isDiskFull(error)) throw error;
    });
  }
}
