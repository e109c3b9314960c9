/** The position of the first frame: that of format version 0, whose events keep their positions. */
export const LOG_START = 20;

/** The one file of format version 0. */
export const VERSION_0_FILE_NAME = 'events.log';

const DIGITS = 16;
const SEGMENT = /^events-(\d{16})\.log$/;

/** The name of the file whose first frame stands at this position of the log. */
export function segmentFileName(base: number): string {
  return `events-${String(base).padStart(DIGITS, '0')}.log`;
}

/** The name of the file that keeps the index of a full segment. */
export function indexFileName(base: number): string {
  return `events-${String(base).padStart(DIGITS, '0')}.index`;
}

/** The positions at which the segments among these files begin, in the order of the log. */
export function segmentBases(fileNames: readonly string[]): readonly number[] {
  return fileNames
    .flatMap((name) => SEGMENT.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((left, right) => left - right);
}
