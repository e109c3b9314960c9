import { status } from '@grpc/grpc-js';
import type { AppendOutcome, ExpectedRevision } from '../store/append-request.js';
import { EMPTY_MESSAGE, encodeMessage, type Field } from './encode-message.js';

/*
 * `BatchAppendResp` and `AppendResp` of `event_store.client.streams`. A refusal of a batch append is a
 * `google.rpc.Status` with the reason packed in an `Any`; the older call has a field of its own for a
 * wrong expected revision and gives the others as the call's error.
 */

type Appended = Extract<AppendOutcome, { outcome: 'appended' }>;
type WrongExpectedRevision = Extract<AppendOutcome, { outcome: 'wrong_expected_revision' }>;

/** The answer to one append of a batch stream; refusals must name the stream. */
export function encodeBatchAppendAnswer(
  correlationId: Buffer,
  stream: string,
  outcome: AppendOutcome,
): Buffer {
  const result: Field =
    outcome.outcome === 'appended'
      ? [3, encodeSuccess(outcome)]
      : [2, encodeStatus(outcome, stream)];
  const streamIdentifier = encodeMessage([3, stream]);
  return encodeMessage([1, correlationId], result, [4, streamIdentifier]);
}

export function encodeAppendAnswer(outcome: Appended | WrongExpectedRevision): Buffer {
  return outcome.outcome === 'appended'
    ? encodeMessage([1, encodeSuccess(outcome)])
    : encodeMessage([2, encodeMessage(...wrongExpectedRevisionFields(outcome, 6))]);
}

function encodeSuccess({ revision, position }: Appended): Buffer {
  const revisionField: Field = revision === undefined ? [2, EMPTY_MESSAGE] : [1, revision];
  return encodeMessage(revisionField, positionField(position, 3));
}

/** The position, or in the field behind it that there is none. */
function positionField(position: number | undefined, field: 1 | 3): Field {
  if (position === undefined) return [field + 1, EMPTY_MESSAGE];
  return [field, encodeMessage([1, position], [2, position])];
}

/** `DeleteResp` and `TombstoneResp`, which are alike. */
export function encodeRemovalAnswer({ position }: Appended): Buffer {
  return encodeMessage(positionField(position, 1));
}

/** Both messages number these six fields alike, from another first number on. */
function wrongExpectedRevisionFields(
  { expected, actual }: WrongExpectedRevision,
  first: 1 | 6,
): readonly Field[] {
  const current: Field = actual === undefined ? [first + 1, EMPTY_MESSAGE] : [first, actual];
  return [current, expectedRevisionField(expected, first)];
}

function expectedRevisionField(expected: ExpectedRevision, first: 1 | 6): Field {
  switch (expected) {
    case 'any':
      return [first + 3, EMPTY_MESSAGE];
    case 'stream_exists':
      return [first + 4, EMPTY_MESSAGE];
    case 'no_stream':
      return [first + 5, EMPTY_MESSAGE];
    default:
      return [first + 2, expected];
  }
}

interface Reason {
  readonly code: status;
  readonly message: string;
  /** The name of the message in the package `event_store.client`. */
  readonly type: string;
  readonly content: Buffer;
}

function encodeStatus(outcome: Exclude<AppendOutcome, Appended>, stream: string): Buffer {
  const { code, message, type, content } = reasonOf(outcome, stream);
  const url = `type.googleapis.com/event_store.client.${type}`;
  return encodeMessage([1, code], [2, message], [3, encodeMessage([1, url], [2, content])]);
}

function reasonOf(outcome: Exclude<AppendOutcome, Appended>, stream: string): Reason {
  switch (outcome.outcome) {
    case 'wrong_expected_revision':
      return {
        code: status.FAILED_PRECONDITION,
        message: 'WrongExpectedVersion',
        type: 'WrongExpectedVersion',
        content: encodeMessage(...wrongExpectedRevisionFields(outcome, 1)),
      };
    case 'stream_deleted':
      return {
        code: status.FAILED_PRECONDITION,
        message: 'StreamDeleted',
        type: 'StreamDeleted',
        content: encodeMessage([1, encodeMessage([3, stream])]),
      };
    case 'access_denied':
      return {
        code: status.PERMISSION_DENIED,
        message: 'AccessDenied',
        type: 'AccessDenied',
        content: EMPTY_MESSAGE,
      };
    case 'deadline_exceeded':
      return {
        code: status.DEADLINE_EXCEEDED,
        message: 'Timeout',
        type: 'Timeout',
        content: EMPTY_MESSAGE,
      };
    case 'too_large':
      return {
        code: status.INVALID_ARGUMENT,
        message: 'MaximumAppendSizeExceeded',
        type: 'MaximumAppendSizeExceeded',
        content: encodeMessage([1, outcome.bytesMax]),
      };
    default:
      return {
        code: status.INVALID_ARGUMENT,
        message: `BadRequest: ${outcome.message}`,
        type: 'BadRequest',
        content: encodeMessage([1, outcome.message]),
      };
  }
}
