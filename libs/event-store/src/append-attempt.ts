import {
  AccessDeniedError,
  DeadlineExceededError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import type { StorePosition } from '#kernel';

import type { AppendRefusal, PreparedAppend } from './append-request.js';
import type { ExpectedRevision } from './port.js';
import type { StoreClient } from './store-client.js';
import { isDiskFull, wordsOf } from './store-failure.js';

/** What came back from sending an append once. */
export type AttemptAnswer =
  | {
      readonly answer: 'appended';
      readonly revision: number;
      readonly position: StorePosition | undefined;
    }
  | { readonly answer: 'conflict'; readonly actual: ExpectedRevision }
  | AppendRefusal
  /** It may have been written, it may still be on its way, or it never arrived. */
  | {
      readonly answer: 'none';
      /** Nothing came in time, so that the node may need longer than it was given. */
      readonly isLate: boolean;
      /** The node has no room for it; no attempt is answered otherwise before somebody makes some. */
      readonly isFull: boolean;
      readonly message: string;
    };

/**
 * Sends an append once and waits for so long. The client itself has no timer for the append stream,
 * so a silent node would be waited for without end.
 *
 * @throws Error where the store denies access: no later attempt changes that.
 */
export async function attemptAppend(
  client: StoreClient,
  append: PreparedAppend,
  timeoutMilliseconds: number,
): Promise<AttemptAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<AttemptAnswer>((resolve) => {
    timer = setTimeout(
      () =>
        resolve({
          answer: 'none',
          isLate: true,
          isFull: false,
          message: `no answer within ${timeoutMilliseconds} ms`,
        }),
      timeoutMilliseconds,
    );
  });
  try {
    return await Promise.race([send(client, append, timeoutMilliseconds), silence]);
  } finally {
    clearTimeout(timer);
  }
}

async function send(
  client: StoreClient,
  append: PreparedAppend,
  timeoutMilliseconds: number,
): Promise<AttemptAnswer> {
  try {
    const ready = await client.readyToAppend();
    const result = await ready.appendToStream(append.stream, append.events, {
      expectedRevision: append.expectedRevision,
      deadline: timeoutMilliseconds,
    });
    return {
      answer: 'appended',
      revision: Number(result.nextExpectedRevision),
      position: result.position,
    };
  } catch (error) {
    return answerOf(error, append.stream);
  }
}

function answerOf(error: unknown, stream: string): AttemptAnswer {
  if (error instanceof WrongExpectedVersionError) {
    const actual = error.actualVersion;
    return {
      answer: 'conflict',
      actual: typeof actual === 'bigint' && actual >= 0n ? Number(actual) : 'no_stream',
    };
  }
  if (error instanceof StreamDeletedError) {
    const message = `The stream ${stream} was deleted for good and takes no events.`;
    return { outcome: 'refused', code: 'stream_deleted', message };
  }
  if (error instanceof MaxAppendSizeExceededError) {
    const message = `The store takes appends of at most ${error.maxAppendSize} bytes; one to ${stream} is larger.`;
    return { outcome: 'refused', code: 'append_too_large', message };
  }
  if (error instanceof AccessDeniedError) {
    throw new Error(
      `The event store denies appends to ${stream}: check the user of the connection string.`,
      { cause: error },
    );
  }
  return {
    answer: 'none',
    isLate: error instanceof DeadlineExceededError,
    isFull: isDiskFull(error),
    message: wordsOf(error),
  };
}
