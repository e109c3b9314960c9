/** A file is not part of an event log, or is of a format this program does not read. */
export class LogFormatError extends Error {
  override readonly name = 'LogFormatError';
}

/** Stored events cannot be read any more; the log is not opened and nothing is changed. */
export class DamagedLogError extends Error {
  override readonly name = 'DamagedLogError';

  /**
   * @param file - the name of the damaged file
   * @param offset - the byte of that file at which what cannot be read begins
   */
  constructor(
    readonly file: string,
    readonly offset: number,
    reason: string,
  ) {
    super(
      `the event log is damaged at byte ${offset} of ${file}: ${reason}. ` +
        'Nothing was changed; restore the file from a backup.',
    );
  }
}
