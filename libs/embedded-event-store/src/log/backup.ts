import { encodeSeal } from './frame.js';
import { scanFrames } from './frame-scan.js';
import { LogFormatError } from './log-errors.js';
import { withFile, writeFully, type LogDirectory } from './log-file.js';
import type { FullSegment } from './recovery.js';
import { encodeSegmentFooter } from './segment-footer.js';
import { SEGMENT_HEADER_BYTES, writeSegmentHeader } from './segment-header.js';
import { segmentFileName } from './segment-name.js';
import type { SegmentedLog } from './segmented-log.js';

/** What a copy is called until all of them are durable. */
const COPYING_SUFFIX = '.copying';

/** What a backup holds. */
export interface LogBackup {
  readonly events: number;
  /** Bytes of all its files. */
  readonly bytes: number;
  /** The position of the last event, or `undefined` where there is none. */
  readonly lastPosition: number | undefined;
}

/**
 * Copies what is durable at this moment into an empty folder, as a log that was stopped there. Every
 * byte is read and checked on the way. The copies get their names when all of them are durable; a
 * folder in which one has not is refused when it is opened as a log.
 *
 * @throws {@link DamagedLogError} where the log is not what was written
 */
export async function backupLog(
  log: SegmentedLog,
  target: LogDirectory,
  contents: Omit<LogBackup, 'bytes'>,
): Promise<LogBackup> {
  const full = [...log.full];
  const { live } = log;
  const there = await target.list();
  if (there.length > 0) {
    throw new Error(
      `the backup needs an empty folder, and '${there[0]}' is in it: name a new folder`,
    );
  }
  let bytes = 0;
  for (const segment of full) bytes += await copySegment(segment, target, true);
  bytes += await copySegment(live, target, false);
  await target.sync();
  for (const { segment } of [...full, live]) {
    const name = segmentFileName(segment.base);
    await target.rename(name + COPYING_SUFFIX, name);
  }
  await target.sync();
  return { ...contents, bytes };
}

/** @throws {@link LogFormatError} where these are the files of a backup that was not completed */
export function refuseInterruptedBackup(fileNames: readonly string[]): void {
  const unfinished = fileNames.find((name) => name.endsWith(COPYING_SUFFIX));
  if (unfinished === undefined) return;
  throw new LogFormatError(
    `the folder holds a backup that was interrupted (${unfinished}): make a new one elsewhere`,
  );
}

/** Writes the segment with its footer, or with a seal where it goes on, and tells the file's bytes. */
async function copySegment(
  { segment, footer }: FullSegment,
  target: LogDirectory,
  isFull: boolean,
): Promise<number> {
  return withFile(target, segmentFileName(segment.base) + COPYING_SUFFIX, async (file) => {
    await writeSegmentHeader(file, segment);
    let at = SEGMENT_HEADER_BYTES;
    const checksum = await segment.checksum(segment.base, footer.end, async (chunk) => {
      await writeFully(file, chunk, at);
      at += chunk.length;
    });
    if (checksum !== footer.checksum) {
      const { end } = await scanFrames(segment, footer.end, () => {});
      throw segment.damage(end, 'what stands there is not what was written, and is not copied');
    }
    const closing = isFull
      ? encodeSegmentFooter(footer, segment)
      : encodeSeal(footer.end, segment.salt);
    await writeFully(file, closing, at);
    await file.sync();
    return at + closing.length;
  });
}
