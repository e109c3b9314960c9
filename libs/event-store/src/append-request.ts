import { jsonEvent } from '@eventstore/db-client';
import type { EventData } from '@eventstore/db-client';

import type { AppendOutcome, AppendRequest } from './port.js';

/** The store's limit on the sum of the events' data of one append, in bytes; metadata is free. */
export const appendDataBytesMax = 1_048_576;

export type AppendRefusal = Extract<AppendOutcome, { readonly outcome: 'refused' }>;

/** An append as it is sent, the first time and every time again. */
export interface PreparedAppend {
  readonly stream: string;
  readonly expectedRevision: bigint | 'no_stream';
  readonly events: EventData[];
  readonly eventIds: readonly string[];
  readonly dataBytes: number;
  /** What the stream's last revision is once this is written. */
  readonly revisionAfter: number;
}

/**
 * Checks an append and readies it for the client. A stream or type without a name must not reach a
 * node: it answers such an append twice.
 */
export function prepareAppend(request: AppendRequest): PreparedAppend | AppendRefusal {
  const { stream, expectedRevision, events } = request;
  if (stream === '') return refused('name_empty', 'An append names no stream.');
  if (stream.startsWith('$')) {
    return refused(
      'stream_protected',
      `An append to ${stream} was refused: streams that begin with $ are the store's own, and those that begin with $$ decide what of another stream may be seen. Daybook never writes them.`,
    );
  }
  if (events.length === 0) return refused('append_empty', `An append to ${stream} has no events.`);
  const nameless = events.findIndex((event) => event.type === '');
  if (nameless >= 0) {
    return refused('name_empty', `Event ${nameless + 1} of an append to ${stream} has no type.`);
  }
  const dataBytes = events.reduce((sum, event) => sum + dataBytesOf(event.data), 0);
  if (dataBytes > appendDataBytesMax) {
    return refused(
      'append_too_large',
      `An append to ${stream} holds ${dataBytes} bytes of data; the store takes ${appendDataBytesMax}.`,
    );
  }
  return {
    stream,
    expectedRevision: expectedRevision === 'no_stream' ? 'no_stream' : BigInt(expectedRevision),
    events: events.map(({ eventId, type, data, metadata }) =>
      jsonEvent({ id: eventId, type, data: data as Record<string, unknown>, metadata }),
    ),
    eventIds: events.map((event) => event.eventId),
    dataBytes,
    revisionAfter: (expectedRevision === 'no_stream' ? -1 : expectedRevision) + events.length,
  };
}

function dataBytesOf(data: object): number {
  return Buffer.byteLength(JSON.stringify(data), 'utf8');
}

function refused(code: AppendRefusal['code'], message: string): AppendRefusal {
  return { outcome: 'refused', code, message };
}
