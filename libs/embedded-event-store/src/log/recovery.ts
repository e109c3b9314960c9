import { scanFrames, type Frame, type ScannedFrames } from './frame-scan.js';
import { DamagedLogError } from './log-errors.js';
import type { LogDirectory } from './log-file.js';
import type { TailCut } from './log-notice.js';
import { judgeTail } from './log-tail.js';
import { Segment } from './segment.js';
import type { SegmentFooter } from './segment-footer.js';
import { readSegmentHeader, SEGMENT_HEADER_BYTES } from './segment-header.js';
import { LOG_START, segmentBases, segmentFileName } from './segment-name.js';

/** A full segment, closed by its footer. */
export interface FullSegment {
  readonly segment: Segment;
  readonly footer: SegmentFooter;
}

/** Who learns what the log holds, in its order. */
export interface LogVisitor {
  /** Learns a full segment whose bytes are as they were written; false asks for its frames. */
  full(full: FullSegment): Promise<boolean>;
  frame(segment: Segment, frame: Frame): void;
}

/** The segments of a log as they stand on the disk; nothing was changed to find out. */
export interface FoundLog {
  readonly full: readonly FullSegment[];
  /** A segment that ends where the newest begins and still lacks its footer: a crash came between. */
  readonly unclosed: FullSegment | undefined;
  /** The newest segment; `undefined` where there is no log yet. */
  readonly live: (ScannedFrames & { readonly segment: Segment }) | undefined;
  readonly cut: TailCut | undefined;
  /** A file that was about to become the next segment and holds nothing. */
  readonly unborn: string | undefined;
}

/**
 * Reads and checks every byte of the log.
 *
 * @throws {@link DamagedLogError} where acknowledged events cannot be read
 * @throws {@link LogFormatError} where a file is none of ours or of another version
 */
export async function findLog(directory: LogDirectory, visitor: LogVisitor): Promise<FoundLog> {
  const bases = segmentBases(await directory.list());
  const opened: Segment[] = [];
  try {
    const unborn = await openSegments(directory, bases, opened);
    return { ...(await visitSegments(opened, visitor)), unborn };
  } catch (error) {
    await Promise.all(opened.map(({ file }) => file.close()));
    throw error;
  }
}

async function openSegments(
  directory: LogDirectory,
  bases: readonly number[],
  opened: Segment[],
): Promise<string | undefined> {
  if (bases[0] !== undefined && bases[0] !== LOG_START) {
    throw new DamagedLogError(segmentFileName(LOG_START), 0, 'the file is missing');
  }
  for (const [index, base] of bases.entries()) {
    const name = segmentFileName(base);
    const file = await directory.open(name);
    const header = await readSegmentHeader(file, name, base).catch(async (error: unknown) => {
      await file.close();
      throw error;
    });
    if (header !== 'torn') {
      opened.push(new Segment(file, header));
      continue;
    }
    await file.close();
    const previous = opened.at(-1);
    const isExpected = previous !== undefined && (await previous.footerAt(base)) !== undefined;
    if (isExpected || index < bases.length - 1) {
      throw new DamagedLogError(name, 0, 'its header is not readable');
    }
    return name;
  }
  return undefined;
}

async function visitSegments(
  segments: readonly Segment[],
  visitor: LogVisitor,
): Promise<Omit<FoundLog, 'unborn'>> {
  const full: FullSegment[] = [];
  let unclosed: FullSegment | undefined;
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    if (next === undefined) return { full, unclosed, ...(await visitLive(segment, visitor)) };
    const footer = await segment.footerAt(next.base);
    if (footer !== undefined) {
      full.push({ segment, footer });
      await visitFull({ segment, footer }, visitor);
      continue;
    }
    const isRollingOver = index === segments.length - 2 && (await isEmpty(next));
    const { checksum } = await visitWhole(segment, next.base, visitor);
    if (!isRollingOver) throw segment.damage(next.base, 'its closing mark is not readable');
    unclosed = { segment, footer: { end: next.base, checksum } };
  }
  return { full, unclosed, live: undefined, cut: undefined };
}

async function isEmpty(segment: Segment): Promise<boolean> {
  const rest = await segment.read(segment.base, SEGMENT_HEADER_BYTES);
  return rest.every((byte) => byte === 0);
}

async function visitFull(full: FullSegment, visitor: LogVisitor): Promise<void> {
  const { segment, footer } = full;
  const isIntact = (await segment.checksum(segment.base, footer.end)) === footer.checksum;
  if (isIntact && (await visitor.full(full))) return;
  await visitWhole(segment, footer.end, visitor);
  if (!isIntact) throw segment.damage(footer.end, 'its closing mark tells of other frames');
}

/** Every byte of the segment up to its end was durable: each frame must be intact. */
async function visitWhole(
  segment: Segment,
  end: number,
  visitor: LogVisitor,
): Promise<ScannedFrames> {
  const scanned = await scanFrames(segment, end, (frame) => visitor.frame(segment, frame));
  if (scanned.end < end) {
    throw segment.damage(scanned.end, `the next segment begins at position ${end}`);
  }
  return scanned;
}

async function visitLive(
  segment: Segment,
  visitor: LogVisitor,
): Promise<Pick<FoundLog, 'live' | 'cut'>> {
  const fileEnd = await segment.fileEnd();
  const scanned = await scanFrames(segment, fileEnd, (frame) => visitor.frame(segment, frame));
  if ((await segment.footerAt(scanned.end)) !== undefined) {
    throw new DamagedLogError(segmentFileName(scanned.end), 0, 'the file is missing');
  }
  return { live: { segment, ...scanned }, cut: await judgeTail(segment, scanned.end, fileEnd) };
}
