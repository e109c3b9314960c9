import { crc32 } from 'node:zlib';
import { scanFrames } from './frame-scan.js';
import { LogFormatError } from './log-errors.js';
import { readFully, withFile, writeFully, type LogDirectory, type LogFile } from './log-file.js';
import type { LogNotice } from './log-notice.js';
import { judgeTail } from './log-tail.js';
import { Segment } from './segment.js';
import { encodeSegmentFooter } from './segment-footer.js';
import { SEGMENT_HEADER_BYTES, writeSegmentHeader } from './segment-header.js';
import { LOG_START, segmentBases, segmentFileName, VERSION_0_FILE_NAME } from './segment-name.js';

const SUFFIX = '.migrating';

/** Version 0 was one file: magic (8), version (4), salt (4), CRC-32 of those (4), then the frames. */
const VERSION_0_HEADER_BYTES = 20;
const VERSION_0_HEADER_START = Buffer.from('DAYBKLOG\0\0\0\0', 'latin1');
const SALT_AT = 12;
const CHECKSUM_AT = 16;

/**
 * Carries a log of format version 0 over: the same frames at the same positions, in segments. The old
 * file alone counts until it is removed, which is the one step that decides; what a crash leaves
 * before it is written again, and after it only names are missing.
 */
export async function migrateVersion0(
  directory: LogDirectory,
  segmentBytes: number,
): Promise<readonly LogNotice[]> {
  const names = await directory.list();
  if (!names.includes(VERSION_0_FILE_NAME)) {
    await nameSegments(directory, names);
    return [];
  }
  if (segmentBases(names).length > 0) {
    throw new LogFormatError(
      `the directory holds both ${VERSION_0_FILE_NAME}, a log of format version 0, and segments of ` +
        'version 1: they are two ledgers. Move the one that does not belong here elsewhere.',
    );
  }
  for (const name of names.filter((one) => one.endsWith(SUFFIX))) await directory.remove(name);
  const notices = await withFile(directory, VERSION_0_FILE_NAME, (file) =>
    new Migration(directory, segmentBytes).run(file),
  );
  await directory.sync();
  await directory.remove(VERSION_0_FILE_NAME);
  await directory.sync();
  await nameSegments(directory, await directory.list());
  return notices;
}

/** Whether these are the files of a log whose carrying over waits for the next start. */
export function isToBeMigrated(fileNames: readonly string[]): boolean {
  return fileNames.some((name) => name === VERSION_0_FILE_NAME || name.endsWith(SUFFIX));
}

async function nameSegments(directory: LogDirectory, names: readonly string[]): Promise<void> {
  const unnamed = names.filter((name) => name.endsWith(SUFFIX));
  for (const name of unnamed) await directory.rename(name, name.slice(0, -SUFFIX.length));
  if (unnamed.length > 0) await directory.sync();
}

class Migration {
  readonly #directory: LogDirectory;
  readonly #segmentBytes: number;

  constructor(directory: LogDirectory, segmentBytes: number) {
    this.#directory = directory;
    this.#segmentBytes = segmentBytes;
  }

  async run(file: LogFile): Promise<readonly LogNotice[]> {
    const salt = await readVersion0Salt(file);
    if (salt === undefined) return [];
    const old = new Segment(
      file,
      { base: LOG_START, salt },
      { name: VERSION_0_FILE_NAME, headerBytes: VERSION_0_HEADER_BYTES },
    );
    const bases: number[] = [LOG_START];
    const fileEnd = await old.fileEnd();
    const { end } = await scanFrames(old, fileEnd, ({ position }) => {
      if (position - (bases.at(-1) ?? LOG_START) >= this.#segmentBytes) bases.push(position);
    });
    const cut = await judgeTail(old, end, fileEnd);
    for (const [index, base] of bases.entries()) {
      const next = bases[index + 1];
      await this.#copy(old, { base, end: next ?? end, isFull: next !== undefined });
    }
    const message =
      `The event log was carried over from format version 0 to ${bases.length} segment(s) of ` +
      'version 1. Do not start an older program on it.';
    const migrated: LogNotice = { kind: 'migrated', message, file: VERSION_0_FILE_NAME };
    return cut === undefined ? [migrated] : [cut, migrated];
  }

  async #copy(
    old: Segment,
    part: { readonly base: number; readonly end: number; readonly isFull: boolean },
  ): Promise<void> {
    const { base, end, isFull } = part;
    const header = { base, salt: old.salt };
    await withFile(this.#directory, segmentFileName(base) + SUFFIX, async (file) => {
      await writeSegmentHeader(file, header);
      let at = SEGMENT_HEADER_BYTES;
      const checksum = await old.checksum(base, end, async (chunk) => {
        await writeFully(file, chunk, at);
        at += chunk.length;
      });
      if (isFull) await writeFully(file, encodeSegmentFooter({ end, checksum }, header), at);
      await file.sync();
    });
  }
}

/** The salt of the file's frames; none where its creation was cut short, so that it holds no event. */
async function readVersion0Salt(file: LogFile): Promise<number | undefined> {
  const size = await file.size();
  const bytes = await readFully(file, 0, Math.min(size, VERSION_0_HEADER_BYTES));
  const start = VERSION_0_HEADER_START;
  const isWhole =
    bytes.length === VERSION_0_HEADER_BYTES &&
    bytes.subarray(0, start.length).equals(start) &&
    bytes.readUInt32LE(CHECKSUM_AT) === crc32(bytes.subarray(0, CHECKSUM_AT));
  if (isWhole) return bytes.readUInt32LE(SALT_AT);
  const isTorn = bytes.every((byte, at) => at >= SALT_AT || byte === 0 || byte === start[at]);
  if (size <= VERSION_0_HEADER_BYTES && isTorn) return undefined;
  throw new LogFormatError(
    `${VERSION_0_FILE_NAME} is not an event log of format version 0: its first bytes are not its ` +
      'header. Nothing was changed; move the file elsewhere or restore it from a backup.',
  );
}
