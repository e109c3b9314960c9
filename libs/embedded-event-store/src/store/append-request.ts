/** An event on its way into a stream; the bytes are views of the message it came in. */
export interface ProposedEvent {
  /** The sixteen bytes of the event's UUID. */
  readonly id: Buffer;
  readonly type: string;
  readonly contentType: string;
  readonly metadata: Buffer;
  readonly data: Buffer;
}

/** What the stream must look like: its last revision, or one of the protocol's three words. */
export type ExpectedRevision = bigint | 'any' | 'no_stream' | 'stream_exists';

export interface AppendRequest {
  readonly stream: string;
  readonly expectedRevision: ExpectedRevision;
  readonly events: readonly ProposedEvent[];
  /** Milliseconds since the Unix epoch after which the append may no longer be written. */
  readonly deadline?: number;
  /** Removes the stream instead of appending: until the next append, or for good. */
  readonly removal?: 'soft_delete' | 'tombstone';
}

export type AppendOutcome =
  | {
      readonly outcome: 'appended';
      /** The revision of the last event, or `undefined` for an empty append to a missing stream. */
      readonly revision: number | undefined;
      /** Commit and prepare position of the last event; of a repeat that is hidden there is none. */
      readonly position: number | undefined;
    }
  | {
      readonly outcome: 'wrong_expected_revision';
      readonly expected: ExpectedRevision;
      /** The stream's last revision, or `undefined` where the stream does not exist. */
      readonly actual: number | undefined;
    }
  /** The stream has a tombstone, or is deleted and was expected to exist. */
  | { readonly outcome: 'stream_deleted' }
  | { readonly outcome: 'access_denied' }
  | { readonly outcome: 'deadline_exceeded' }
  | { readonly outcome: 'too_large'; readonly bytesMax: number }
  | { readonly outcome: 'bad_request'; readonly message: string };

/** Bytes of the data of all events of one append; their metadata and types are not counted. */
export const APPEND_DATA_BYTES_MAX = 1_048_576;

/** Bytes one append may take in the log, everything counted: the stream's name comes with each event. */
export const APPEND_TOTAL_BYTES_MAX = 32 * 1_048_576;
