import { status, type sendUnaryData } from '@grpc/grpc-js';
import type { AppendRequest } from '../store/append-request.js';
import { encodeRemovalAnswer } from '../wire/append-answers.js';
import type { AppendOptions } from '../wire/append-messages.js';
import { errorResponse } from './open-calls.js';
import { refusalOf } from './refusals.js';
import type { TakeAppend } from './take-append.js';

/** Answers one `Delete` or `Tombstone` call. Nothing leaves the log: both write an event. */
export async function serveRemoval(
  options: AppendOptions,
  removal: NonNullable<AppendRequest['removal']>,
  take: TakeAppend,
  answer: sendUnaryData<Buffer>,
): Promise<void> {
  const { stream } = options;
  if (stream === '') {
    answer(errorResponse(status.INVALID_ARGUMENT, 'the stream name is empty'));
    return;
  }
  try {
    const outcome = await take({ ...options, events: [], removal });
    if (outcome.outcome === 'appended') answer(null, encodeRemovalAnswer(outcome));
    else answer(refusalOf(stream, outcome));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    answer(errorResponse(status.UNAVAILABLE, reason));
  }
}
