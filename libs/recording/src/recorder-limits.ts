import { eventBytesMax } from '#events';

/** Every bound of the write path. */
export interface RecorderLimits {
  readonly appendEventsMax: number;
  /** JSON bytes of the events' data; the store counts these against its own limit. */
  readonly appendDataBytesMax: number;
  /** Streams that are read or written at one time. */
  readonly streamsInFlightMax: number;
  /** Facts and decisions that wait for their stream; above it new ones are turned away at once. */
  readonly waitingMax: number;
  /** How often one batch is decided again because another writer was faster. */
  readonly decideRoundsMax: number;
  /** How often an append without an answer is looked up and sent again. */
  readonly unknownRoundsMax: number;
  readonly unknownPauseMilliseconds: number;
  readonly readPageEventsMax: number;
  /** Ids and folded events of known streams held in memory, summed over streams. */
  readonly knownEventsMax: number;
  /** Deliveries, and bytes of their bodies, that go to the database in one statement. */
  readonly statementDeliveriesMax: number;
  readonly statementBodyBytesMax: number;
  /** Outcomes of deliveries that wait to be written; above it the next request waits for its own. */
  readonly outcomesWaitingMax: number;
  /** Commands that go to the database in one statement. */
  readonly statementCommandsMax: number;
}

export const defaultRecorderLimits: RecorderLimits = {
  appendEventsMax: 500,
  appendDataBytesMax: eventBytesMax,
  streamsInFlightMax: 64,
  waitingMax: 20_000,
  decideRoundsMax: 16,
  unknownRoundsMax: 5,
  unknownPauseMilliseconds: 200,
  readPageEventsMax: 2_000,
  knownEventsMax: 1_000_000,
  statementDeliveriesMax: 500,
  statementBodyBytesMax: 16 * 1_024 * 1_024,
  outcomesWaitingMax: 5_000,
  statementCommandsMax: 500,
};
