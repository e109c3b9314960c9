import {
  allocationRefusals,
  creditRefusals,
  erasureRefusals,
  orderDecisionRefusals,
  type RefusalDescription,
  varianceRefusals,
} from '#domain';

/** What the write path itself may answer instead of recording. */
const recordingRefusals = {
  delivery_id_reused: {
    status: 409,
    text: 'The source has already used this delivery id for other bytes.',
    remedy: 'Send the delivery under its own id. These bytes are kept in the quarantine.',
  },
  event_too_large: {
    status: 413,
    text: 'The event has more bytes than one event may have.',
    remedy: 'Have the source report it in smaller parts; an event is never split here.',
  },
  metadata_too_large: {
    status: 422,
    text: 'The texts that describe the event, such as actor and ids, are too long together.',
    remedy: 'Shorten the actor and the transaction id.',
  },
  idempotency_key_reused: {
    status: 422,
    text: 'This client has already used the key on this route for another command.',
    remedy: 'Use a new Idempotency-Key for a new command.',
  },
  command_too_large: {
    status: 422,
    text: 'The command would write more events at once than one append may hold.',
    remedy: 'Split the command into several with fewer lines.',
  },
  append_too_large: {
    status: 413,
    text: 'The event store takes fewer bytes at once than this event has.',
    remedy: 'Raise the append size of the event store to 1 MiB.',
  },
  stream_deleted: {
    status: 409,
    text: 'The stream was deleted in the event store; a ledger stream never may be.',
    remedy: 'Restore the event store from its backup, then run verify.',
  },
  stream_contended: {
    status: 503,
    text: 'Other writers were faster on this stream too many times in a row.',
    remedy: 'Send the same request again; it is recorded once.',
  },
  stream_unreadable: {
    status: 503,
    text: 'The stream holds an event this build cannot read, so nothing can be decided on it.',
    remedy: 'Start a build that knows the event, then send the same request again.',
  },
  event_store_unavailable: {
    status: 503,
    text: 'The event store does not answer; it is not known whether anything was written.',
    remedy: 'Send the same request again; it is recorded once.',
  },
  event_store_full: {
    status: 507,
    text: "The event store's disk is full, and nothing is recorded until there is room.",
    remedy: 'Make room on the disk of the event store, then send the same request again.',
  },
  evidence_store_unavailable: {
    status: 503,
    text: 'PostgreSQL does not answer, and nothing is accepted that is not kept first.',
    remedy: 'Send the same request again when the database is back.',
  },
  evidence_store_full: {
    status: 503,
    text: 'The disk of PostgreSQL is full, and nothing is accepted that is not kept first.',
    remedy:
      'Make room on the disk that holds it; then send the same request again: a repeat is recognised.',
  },
  recorder_overloaded: {
    status: 503,
    text: 'More work is waiting than may wait.',
    remedy: 'Send the same request again after a pause.',
  },
  ledger_differs: {
    status: 503,
    text: 'The event store holds another ledger than the one this database belongs to.',
    remedy: 'Connect the event store and the database that belong together.',
  },
} as const satisfies Record<string, RefusalDescription>;

/** Every code a write may be answered with, and what to do about it. */
export const writeRefusals = {
  ...recordingRefusals,
  ...allocationRefusals,
  ...creditRefusals,
  ...orderDecisionRefusals,
  ...varianceRefusals,
  ...erasureRefusals,
} as const satisfies Record<string, RefusalDescription>;

export type WriteRefusalCode = keyof typeof writeRefusals;
export type RecordingRefusalCode = keyof typeof recordingRefusals;
