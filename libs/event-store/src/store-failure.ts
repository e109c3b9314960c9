import {
  AccessDeniedError,
  CancelledError,
  DeadlineExceededError,
  NotLeaderError,
  TimeoutError,
  UnavailableError,
  UnknownError,
} from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';

/**
 * What an error of a read or subscription means.
 *
 * - `unreachable`: nothing is said about the request; the same request may be answered later.
 * - `too_slow`: the node ended a live subscription since a burst outran it (gRPC ABORTED).
 * - `refused`: the node will not answer this request, whenever it is sent.
 */
export type StoreFailure = 'unreachable' | 'too_slow' | 'refused';

/** Nodes answer a position that is no event's with UNKNOWN; a kinder one says INVALID_ARGUMENT. */
const refusals = new Set<number | undefined>([
  status.UNKNOWN,
  status.INVALID_ARGUMENT,
  status.UNIMPLEMENTED,
  status.FAILED_PRECONDITION,
  status.PERMISSION_DENIED,
]);

/** Tells what an error of a read or subscription means. Errors that are not the protocol's are the discovery's. */
export function storeFailureOf(error: unknown): StoreFailure {
  if (error instanceof TimeoutError) return 'too_slow';
  if (error instanceof AccessDeniedError) return 'refused';
  if (
    error instanceof UnavailableError ||
    error instanceof CancelledError ||
    error instanceof NotLeaderError ||
    error instanceof DeadlineExceededError
  ) {
    return 'unreachable';
  }
  if (error instanceof UnknownError) return refusals.has(error.code) ? 'refused' : 'unreachable';
  return isCommandError(error) ? 'refused' : 'unreachable';
}

/**
 * Whether the node says that its disk is full. The protocol has no code for it, and EventStoreDB ends
 * where its disk is; the embedded node refuses each append with UNAVAILABLE and these words.
 */
export function isDiskFull(error: unknown): boolean {
  return error instanceof UnavailableError && error.message.includes('the disk is full');
}

/** An error's words, for a message that goes on in a sentence of ours. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message || error.constructor.name : String(error);
}

function isCommandError(error: unknown): boolean {
  return error instanceof Error && 'type' in error;
}
