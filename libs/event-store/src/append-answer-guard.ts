import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { parseUUID } from '@eventstore/db-client/dist/utils/grpcUUID.js';
import type { CallOptions, Metadata } from '@grpc/grpc-js';

type AppendStream = ReturnType<StreamsClient['batchAppend']>;

/**
 * The appends the client still waits for. The client keeps the same set, of which it says nothing:
 * one for all its append streams, emptied whenever one of them fails.
 */
const awaited = new Set<string>();
let dropped = 0;
let answeredAt = Number.NEGATIVE_INFINITY;

/** How many answers came for appends that nobody waited for any more, since the process began. */
export function appendAnswersDropped(): number {
  return dropped;
}

/** When any append was answered last, by the clock of `performance.now()`. */
export function lastAppendAnswerAt(): number {
  return answeredAt;
}

/**
 * Makes the append streams of one generated client safe to live with. Version 6.2.1 of the client
 * ends the process when an answer comes twice or late (it throws in a `data` listener) and when a
 * stream fails while writes queue for `drain` (it rejects a promise nobody holds), and it waits for
 * ever on a stream that the node ended without an error.
 */
export function guardAppendStreams(client: StreamsClient): void {
  const open = client.batchAppend.bind(client) as (...values: unknown[]) => AppendStream;
  client.batchAppend = (
    metadata?: Metadata | Partial<CallOptions>,
    options?: Partial<CallOptions>,
  ): AppendStream => guard(open(metadata, options));
}

function guard(stream: AppendStream): AppendStream {
  let failed = false;
  stream.on('error', () => {
    failed = true;
    awaited.clear();
  });
  stream.on('end', () => {
    if (!failed) stream.destroy(new Error('The store ended the append stream without an error.'));
  });
  dropUnawaitedAnswers(stream);
  const write = stream.write.bind(stream) as (request: BatchAppendReq) => boolean;
  // Always true: the client must not queue behind `drain`. What is in flight is bounded by the
  // appender instead, in bytes.
  stream.write = ((request: BatchAppendReq): boolean => {
    if (failed) return true;
    if (request.hasOptions()) awaited.add(parseUUID(request.getCorrelationId()) ?? '');
    write(request);
    return true;
  }) as typeof stream.write;
  return stream;
}

function dropUnawaitedAnswers(stream: AppendStream): void {
  const emit = stream.emit.bind(stream) as (
    event: string | symbol,
    ...values: unknown[]
  ) => boolean;
  stream.emit = (event: string | symbol, ...values: unknown[]): boolean => {
    if (event === 'data') {
      answeredAt = performance.now();
      const answer = values[0] as BatchAppendResp;
      if (!awaited.delete(parseUUID(answer.getCorrelationId()) ?? '')) {
        dropped += 1;
        return true;
      }
    }
    return emit(event, ...values);
  };
}
