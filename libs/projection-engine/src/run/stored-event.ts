import type { RecordedEvent } from '#event-store';
import type { EngineEvent, GroupDefinition } from '../contract.js';
import type { Fact } from '../fold/home.js';

/** An event as definitions read it: under its leaf, with its rank among the ledger's events. */
export function engineEventOf(
  recorded: RecordedEvent,
  streamPrefix: string,
  sequence: number,
): EngineEvent {
  return {
    leaf: recorded.stream.slice(streamPrefix.length),
    revision: recorded.revision,
    sequence,
    eventId: recorded.eventId,
    type: recorded.type,
    data: recorded.data,
    metadata: recorded.metadata,
  };
}

/** An event that the definition cannot read or place. It is named, and never skipped. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';
  constructor(
    readonly stored: EngineEvent,
    cause: unknown,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `The event ${stored.eventId} (${stored.type}) at revision ${stored.revision} of ` +
        `${stored.leaf} cannot be read: ${reason}`,
      { cause },
    );
  }
}

/** Reads and places an event. @throws UnreadableEventError where the definition cannot. */
export function factOf<Event, View>(
  definition: GroupDefinition<Event, View>,
  stored: EngineEvent,
): Fact<Event> {
  try {
    const event = definition.read(stored);
    return {
      eventId: definition.eventIdOf(event),
      event,
      placement: definition.placementOf(event),
    };
  } catch (error) {
    throw new UnreadableEventError(stored, error);
  }
}
