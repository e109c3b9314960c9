import type { GroupDefinition } from '../contract.js';

/** What is kept of when the events of one batch were recorded. */
export interface Arrivals {
  readonly firstSequence: number;
  readonly lastSequence: number;
  /** The latest recording among them; empty where none says when it was recorded. */
  readonly recordedAtMax: string;
  /** Each event that was recorded later than all before it in the batch, with its sequence. */
  readonly rises: readonly Rise[];
}

export interface Rise {
  readonly sequence: number;
  readonly recordedAt: string;
}

/**
 * When the events of a batch were recorded, as far as it can matter to anybody who asks for the
 * state as of an instant: an event that was recorded no later than one before it decides nothing.
 *
 * @param first the sequence of the first event
 * @param end the sequence behind the last
 */
export function arrivalsOf(
  { recordedAtOf }: Pick<GroupDefinition<never, never>, 'recordedAtOf'>,
  first: number,
  end: number,
  events: readonly { readonly metadata: unknown }[],
): Arrivals {
  const rises: Rise[] = [];
  let recordedAtMax = '';
  for (const [index, { metadata }] of events.slice(0, end - first).entries()) {
    const recordedAt = recordedAtOf(metadata);
    if (recordedAt === undefined || recordedAt <= recordedAtMax) continue;
    recordedAtMax = recordedAt;
    rises.push({ sequence: first + index, recordedAt });
  }
  return { firstSequence: first, lastSequence: end - 1, recordedAtMax, rises };
}

/** Rises as one text, which compresses well: a line each. */
export function risesText(rises: readonly Rise[]): string {
  return rises.map(({ sequence, recordedAt }) => `${sequence} ${recordedAt}`).join('\n');
}

/** The sequence of the first event that was recorded after an instant, or undefined. */
export function firstRecordedAfter(rises: string, instant: string): number | undefined {
  for (const line of rises.split('\n')) {
    const [sequence = '', recordedAt = ''] = line.split(' ');
    if (recordedAt > instant) return Number(sequence);
  }
  return undefined;
}
