import type { Arrivals } from '../as-of/arrivals.js';
import type { Checkpoint, NextCheckpoint } from '../postgres/checkpoint.js';

/** The checkpoint as it stands, for a transaction that applies no further event. */
export function unmoved({
  position,
  eventId,
  ledgerId,
  sequence,
  digestSum,
}: Checkpoint): NextCheckpoint | undefined {
  if (position === undefined || eventId === undefined || ledgerId === undefined) return undefined;
  return { position, eventId, ledgerId, sequence, digestSum, categories: new Map() };
}

/** Homes that change now by events of long ago: they are told with all events of that range. */
export function arrivalsAmong(sequences: readonly number[]): Arrivals {
  const [firstSequence = 0] = sequences;
  const lastSequence = sequences.at(-1) ?? firstSequence;
  return { firstSequence, lastSequence, recordedAtMax: '', rises: [] };
}
