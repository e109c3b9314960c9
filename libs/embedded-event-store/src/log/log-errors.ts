/** The file is not an event log, or is one of a format this program does not read. */
export class LogFormatError extends Error {
  override readonly name = 'LogFormatError';
}

/** Acknowledged events cannot be read any more; the log is not opened and nothing is changed. */
export class DamagedLogError extends Error {
  override readonly name = 'DamagedLogError';

  /** @param offset - the byte at which the first unreadable frame begins */
  constructor(
    readonly offset: number,
    reason: string,
  ) {
    super(
      `the event log is damaged at byte ${offset}: ${reason}. ` +
        'Nothing was changed; restore the file from a backup.',
    );
  }
}
