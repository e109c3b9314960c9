/** What the write path did since it was opened; for metrics. */
export interface RecordingCounters {
  /** Events written. */
  appended: number;
  /** Facts and commands answered with an earlier outcome. */
  repeated: number;
  /** Appends that another writer's append came before. */
  conflicts: number;
  /** Appends without an answer whose fate was found out. */
  unknownResolved: number;
  /** Outcomes that could not be written beside their deliveries; a repeat finds them in its stream. */
  outcomesUnwritten: number;
  /** Appends sent; with `appended` it tells how well waiting work is batched. */
  appends: number;
  refused: number;
  quarantined: number;
  unavailable: number;
}

export function newCounters(): RecordingCounters {
  return {
    appended: 0,
    repeated: 0,
    conflicts: 0,
    unknownResolved: 0,
    outcomesUnwritten: 0,
    appends: 0,
    refused: 0,
    quarantined: 0,
    unavailable: 0,
  };
}
