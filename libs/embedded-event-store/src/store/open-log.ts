import { refuseInterruptedBackup } from '../log/backup.js';
import type { LogDirectory } from '../log/log-file.js';
import type { LogNotice } from '../log/log-notice.js';
import { migrateVersion0 } from '../log/migration.js';
import { findLog, type FullSegment } from '../log/recovery.js';
import { LOG_START, segmentFileName } from '../log/segment-name.js';
import { SegmentedLog, type SegmentSizes } from '../log/segmented-log.js';
import { EventIndex } from './event-index.js';
import { IndexFiles } from './index-files.js';
import { indexFrame } from './index-rebuild.js';

export interface OpenedLog {
  readonly index: EventIndex;
  readonly log: SegmentedLog;
  readonly indexFiles: IndexFiles;
  /** Whether something that follows the last event says that it is durable. */
  readonly isSealed: boolean;
}

/**
 * Opens a log for appends or creates an empty one, and learns what it holds: from the index files of
 * full segments, whose bytes are checked all the same, and from the frames of the others.
 */
export async function openLog(
  directory: LogDirectory,
  sizes: SegmentSizes,
  onNotice: (notice: LogNotice) => void,
): Promise<OpenedLog> {
  refuseInterruptedBackup(await directory.list());
  for (const notice of await migrateVersion0(directory, sizes.segmentBytes)) onNotice(notice);
  const index = new EventIndex();
  const indexFiles = await IndexFiles.find(directory);
  const unindexed: FullSegment[] = [];
  let isSealed = true;
  const found = await findLog(directory, {
    full: async (full) => {
      const loaded = await indexFiles.load(index, full);
      if (loaded !== 'loaded') unindexed.push(full);
      if (loaded === 'unfit') onNotice(rebuilt(full));
      return loaded === 'loaded';
    },
    frame: (segment, frame) => {
      isSealed = frame.kind === 'seal';
      indexFrame(index, segment, frame);
    },
  });
  if (found.cut !== undefined) onNotice(found.cut);
  if (found.unborn === segmentFileName(LOG_START)) onNotice(begunAnew(found.unborn));
  const log = await SegmentedLog.prepare(directory, sizes, found);
  index.makeVisible();
  if (found.unclosed !== undefined) unindexed.push(found.unclosed);
  for (const full of unindexed) await indexFiles.save(index, full);
  const { segment, footer } = log.live;
  return { index, log, indexFiles, isSealed: isSealed || footer.end === segment.base };
}

/** A crash while the log was made leaves the same as a disk that lost the whole file. */
function begunAnew(file: string): LogNotice {
  return {
    kind: 'begun_anew',
    file,
    message:
      `${file} was there without its header, and the log begins anew. Where it is a new one, its first ` +
      'start was interrupted. Where it ever held events they are lost: stop, and restore a backup.',
  };
}

function rebuilt({ segment }: FullSegment): LogNotice {
  return {
    kind: 'index_rebuilt',
    file: segment.name,
    message: `The index file of ${segment.name} did not fit it and was made anew from its events.`,
  };
}
