import type { CanonicalLeaf } from '#audit';
import type { RecordedEvent } from '#event-store';

/** What a stored event is to a seal: its leaf stands without the ledger's prefix. */
export function sealedLeafOf(event: RecordedEvent, prefix: string): CanonicalLeaf {
  const { stream, revision, eventId, type, data, metadata } = event;
  return { stream: stream.slice(prefix.length), revision, eventId, type, data, metadata };
}
