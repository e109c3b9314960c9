import { FRAME_HEADER_BYTES, readFrameHeader } from './frame.js';
import { scanScattered } from './frame-scan.js';
import type { TailCut } from './log-notice.js';
import type { Segment } from './segment.js';

/** What a disk writes whole or not at all. */
const SECTOR_BYTES = 512;

/** A write that ended early leaves at least so many zeros at the end of its frame. */
const MISSING_END_BYTES = 8;

/**
 * Judges what stands behind the last intact frame of the log. The frames of one group are written
 * together and synced once, and a disk may keep any part of them; and room is made ahead with zeros.
 * So what cannot be read is a torn tail exactly when no frame behind it says that the log was durable
 * beyond that point.
 *
 * @returns what has to be cut, or `undefined` where nothing was written behind the end
 * @throws {@link DamagedLogError} where acknowledged events are lost
 */
export async function judgeTail(
  segment: Segment,
  end: number,
  fileEnd: number,
): Promise<TailCut | undefined> {
  let wholeFrames = 0;
  await scanScattered(segment, end, fileEnd, (frame) => {
    if (frame.groupStart > end) {
      const follower = segment.offset(frame.position);
      throw segment.damage(end, `an intact frame follows at byte ${follower}`);
    }
    wholeFrames += 1;
  });
  const rest = await segment.read(end, fileEnd - end);
  const bytes = lengthWithoutZeros(rest);
  if (bytes === 0) return undefined;
  const looksLike = isTorn(rest, segment.offset(end)) ? 'torn_write' : 'changed_bytes';
  const offset = segment.offset(end);
  const { name: file } = segment;
  const message = tailMessage({ file, offset, bytes, wholeFrames, looksLike });
  return { kind: 'tail_cut', file, offset, bytes, wholeFrames, looksLike, message };
}

function tailMessage(cut: Omit<TailCut, 'kind' | 'message'>): string {
  const what =
    cut.looksLike === 'torn_write'
      ? 'It looks like a write that a crash interrupted, and nothing of it was acknowledged.'
      : 'All of its first append is there, but not as it was written, which a crash alone does not ' +
        'do: if the disk changed it after it was acknowledged, it is lost. Check the disk, and ' +
        'compare the store with its newest seal and with the last backup.';
  return (
    `The last group of the event log was not readable and was cut: ${cut.bytes} bytes from byte ` +
    `${cut.offset} of ${cut.file} on, with ${cut.wholeFrames} whole appends behind. ${what}`
  );
}

function lengthWithoutZeros(bytes: Buffer): number {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length -= 1;
  return length;
}

/** Whether the frame that begins these bytes lacks its end or a sector of the disk. */
function isTorn(bytes: Buffer, offset: number): boolean {
  const header = readFrameHeader(bytes, 0);
  const length = FRAME_HEADER_BYTES + (header?.payloadLength ?? 0);
  if (length > bytes.length) return true;
  if (header !== undefined && isZero(bytes, length - MISSING_END_BYTES, length)) return true;
  let start = 0;
  while (start < length) {
    const room = SECTOR_BYTES - ((offset + start) % SECTOR_BYTES);
    const end = Math.min(length, start + room);
    if (isZero(bytes, start, end)) return true;
    start = end;
  }
  return false;
}

function isZero(bytes: Buffer, start: number, end: number): boolean {
  return bytes.subarray(start, end).every((byte) => byte === 0);
}
