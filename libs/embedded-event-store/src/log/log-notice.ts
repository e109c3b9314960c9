/** Something that whoever runs the store should know, though it goes on. */
export interface LogNotice {
  readonly kind: 'tail_cut' | 'index_rebuilt' | 'migrated' | 'disk_full' | 'begun_anew';
  /** One or more sentences: what happened, where, and what to do. */
  readonly message: string;
  /** The file it is about. */
  readonly file: string;
}

/** What was cut off the end of the log when it was opened. */
export interface TailCut extends LogNotice {
  readonly kind: 'tail_cut';
  /** The byte of the file from which everything was cut, and how many bytes were written there. */
  readonly offset: number;
  readonly bytes: number;
  /** Appends that were whole and were cut with the rest of their group. */
  readonly wholeFrames: number;
  /**
   * A `torn_write` lacks whole sectors or its end, as a crash in the middle of a write leaves it. In
   * `changed_bytes` all of a frame is there and not as it was written, which a crash does not do.
   */
  readonly looksLike: 'torn_write' | 'changed_bytes';
}
