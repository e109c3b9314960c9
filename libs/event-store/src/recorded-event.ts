import type { ResolvedEvent } from '@eventstore/db-client';

import type { RecordedEvent } from './port.js';

/**
 * An event of the client in the port's shape. JSON data and metadata come parsed; metadata that is
 * no JSON comes as bytes.
 *
 * @throws Error when the node sent no event or no position, which every release since 22.6 does.
 */
export function recordedEventOf(resolved: ResolvedEvent): RecordedEvent {
  const { event } = resolved;
  if (event?.position === undefined) {
    throw new Error(
      `The store sent ${event ? `${event.streamId} at revision ${event.revision}` : 'an item'} without a position; it must be EventStoreDB 22.6 or later.`,
    );
  }
  return {
    stream: event.streamId,
    revision: Number(event.revision),
    eventId: event.id,
    type: event.type,
    data: event.data,
    metadata: event.metadata,
    position: { commit: event.position.commit, prepare: event.position.prepare },
  };
}
