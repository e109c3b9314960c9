import { StreamDeletedError, StreamNotFoundError } from '@eventstore/db-client';
import type { ResolvedEvent, StreamingRead } from '@eventstore/db-client';

import { EventStoreUnavailableError } from './port.js';
import type { RecordedEvent } from './port.js';
import { ReceivedItems } from './received-items.js';
import { recordedEventOf } from './recorded-event.js';
import { storeFailureOf, wordsOf } from './store-failure.js';

const chunkEventsMax = 1_024;

/** The store answered that it will not do this read, whenever it is asked. */
export class StoreRefusedReadError extends Error {
  override readonly name = 'StoreRefusedReadError';
}

/**
 * The events of a read, in chunks, to its end.
 *
 * @throws EventStoreUnavailableError when the store cannot be reached or stays silent too long.
 * @throws StoreRefusedReadError when it answers with an error; the client's StreamNotFoundError as it is.
 */
export async function* receiveEvents(
  read: StreamingRead<ResolvedEvent>,
  silenceMilliseconds: number,
): AsyncGenerator<readonly RecordedEvent[]> {
  const received = new ReceivedItems<ResolvedEvent>(read);
  try {
    for (;;) {
      const items = received.take(chunkEventsMax);
      if (items.length > 0) {
        yield items.map(recordedEventOf);
        continue;
      }
      if (received.over) break;
      if ((await received.changed(silenceMilliseconds)) === 'timeout') {
        throw new EventStoreUnavailableError(
          `The event store sent nothing for ${silenceMilliseconds} ms in the middle of a read.`,
        );
      }
    }
    if (received.failure !== undefined) throw readErrorOf(received.failure);
  } finally {
    if (!received.over) await read.cancel().catch(() => undefined);
  }
}

/** What is thrown for a read that ended with an error of the client. */
export function readErrorOf(failure: unknown): unknown {
  if (failure instanceof StreamNotFoundError) return failure;
  if (failure instanceof StreamDeletedError) {
    return new StoreRefusedReadError(
      `The stream ${failure.streamName} was tombstoned; a ledger's streams are never deleted.`,
      { cause: failure },
    );
  }
  if (storeFailureOf(failure) === 'refused') {
    return new StoreRefusedReadError(`The event store refused a read: ${wordsOf(failure)}.`, {
      cause: failure,
    });
  }
  return new EventStoreUnavailableError(
    `The event store did not answer a read: ${wordsOf(failure)}. Is it running?`,
    { cause: failure },
  );
}
