import type { FilterOptions } from '../wire/read-request.js';
import type { EventIndex } from './event-index.js';

/** Whether an event is wanted, by its place in `$all`. */
export type EventFilter = (sequence: number) => boolean;

/** Flags at the beginning of an expression that mean the same here as in .NET. */
const INLINE_FLAGS = /^\(\?([ims]+)\)/;

/**
 * A filter by stream name or event type. Names are judged once each, however many events bear them.
 *
 * EventStoreDB runs .NET expressions; this runs ECMAScript's, which share the common syntax, look-behind
 * and named groups. Of .NET's inline flags those at the beginning are understood: `(?i)`, `(?m)`, `(?s)`.
 *
 * @throws SyntaxError where the expression is none
 */
export function eventFilter(index: EventIndex, options: FilterOptions): EventFilter {
  const isWanted = nameFilter(options);
  const verdicts = new Map<number, boolean>();
  const isStream = options.on === 'stream';
  return (sequence) => {
    const number = isStream ? index.streamNumber(sequence) : index.typeNumber(sequence);
    let verdict = verdicts.get(number);
    if (verdict === undefined) {
      verdict = isWanted(isStream ? index.streamName(number) : index.typeName(number));
      verdicts.set(number, verdict);
    }
    return verdict;
  };
}

function nameFilter({ regex, prefixes }: FilterOptions): (name: string) => boolean {
  if (prefixes.length > 0) return (name) => prefixes.some((prefix) => name.startsWith(prefix));
  const flags = INLINE_FLAGS.exec(regex);
  const expression =
    flags === null
      ? new RegExp(regex)
      : new RegExp(regex.slice(flags[0].length), [...new Set(flags[1])].join(''));
  return (name) => expression.test(name);
}
