import { type Occurrence, occurrenceIdText } from '#kernel';

/**
 * What tells a report from the next of its type on its leaf: the source's own id of it, else the time
 * it tells; empty where both are unknown.
 */
export function ownIdOrTime(ownId: string | undefined, occurrence: Occurrence): string {
  return ownId ?? occurrenceIdText(occurrence);
}
