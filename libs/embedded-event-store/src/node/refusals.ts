import { status, type ServerErrorResponse } from '@grpc/grpc-js';
import type { AppendOutcome, ExpectedRevision } from '../store/append-request.js';
import { errorResponse } from './open-calls.js';

/*
 * Refusals as the error of a call: the trailer `exception` tells the client which it is, the others
 * what it wants to know about it.
 */

/** Revisions by which the protocol's words are told in trailers. */
const NO_STREAM = '-1';
const ANY = '-2';
const STREAM_EXISTS = '-4';

export function refusalOf(
  stream: string,
  outcome: Exclude<AppendOutcome, { outcome: 'appended' }>,
): ServerErrorResponse {
  switch (outcome.outcome) {
    case 'wrong_expected_revision':
      return errorResponse(status.FAILED_PRECONDITION, 'the stream is not as expected', {
        exception: 'wrong-expected-version',
        'stream-name': trailerText(stream),
        'expected-version': expectedVersion(outcome.expected),
        'actual-version': outcome.actual === undefined ? NO_STREAM : String(outcome.actual),
      });
    case 'stream_deleted':
      return streamDeleted(stream);
    case 'access_denied':
      return accessDenied('streams with this prefix keep all their events');
    case 'too_large':
      return errorResponse(
        status.INVALID_ARGUMENT,
        `an append may have ${outcome.bytesMax} bytes of data`,
        {
          exception: 'maximum-append-size-exceeded',
          'maximum-append-size': String(outcome.bytesMax),
        },
      );
    case 'deadline_exceeded':
      return errorResponse(status.DEADLINE_EXCEEDED, 'the deadline of the append has passed');
    default:
      return errorResponse(status.INVALID_ARGUMENT, outcome.message);
  }
}

export function streamDeleted(stream: string): ServerErrorResponse {
  return errorResponse(status.FAILED_PRECONDITION, 'the stream was deleted for good', {
    exception: 'stream-deleted',
    'stream-name': trailerText(stream),
  });
}

export function accessDenied(message: string): ServerErrorResponse {
  return errorResponse(status.PERMISSION_DENIED, message, { exception: 'access-denied' });
}

function expectedVersion(expected: ExpectedRevision): string {
  switch (expected) {
    case 'any':
      return ANY;
    case 'no_stream':
      return NO_STREAM;
    case 'stream_exists':
      return STREAM_EXISTS;
    default:
      return String(expected);
  }
}

/** Trailers are ASCII (RFC 9110, section 5.5); other characters travel percent-encoded. */
function trailerText(text: string): string {
  return /^[\x21-\x7e]*$/.test(text) ? text : encodeURIComponent(text);
}
