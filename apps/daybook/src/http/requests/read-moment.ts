import { readInstant } from '#kernel';
import type { Moment } from '#projection-engine';

const sequencePattern = /^\d{1,15}$/;

/** A moment as people write it, or undefined where the text is none. */
export function readMoment(text: string): Moment | undefined {
  if (sequencePattern.test(text)) return { kind: 'sequence', sequence: Number(text) };
  const instant = readInstant(text, undefined);
  return instant === undefined ? undefined : { kind: 'instant', instant };
}
