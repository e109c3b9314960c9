import type { ParkedNotice, ParkedTotals } from '#projection-engine';
import type { ParkedView, RetryResult } from '../../parking/parked-desk.js';
import { formatCount, tableLines } from './table.js';

/** Every parked key with what is wrong, and what was decided before. */
export function parkedView({ keys, resolutions }: ParkedView): readonly string[] {
  const lines =
    keys.length === 0
      ? ['Nothing is parked.']
      : tableLines(
          [
            { heading: 'key' },
            { heading: 'since' },
            { heading: 'events', align: 'right' },
            { heading: 'event' },
            { heading: 'code' },
            { heading: 'what is wrong' },
          ],
          keys.map(({ key, since, events, eventId, code, message }) => [
            key,
            since,
            formatCount(events),
            eventId,
            code,
            message,
          ]),
        );
  if (resolutions.length === 0) return lines;
  return [
    ...lines,
    '',
    ...tableLines(
      [
        { heading: 'left out' },
        { heading: 'of' },
        { heading: 'since' },
        { heading: 'by' },
        { heading: 'because' },
      ],
      resolutions.map(({ eventId, leaf, decidedAt, decidedBy, reason }) => [
        eventId,
        leaf,
        decidedAt,
        decidedBy,
        reason,
      ]),
    ),
  ];
}

/** What became of one key. */
export function retryLine(key: string, result: RetryResult): string {
  if (result.outcome === 'pending') return `${key}: asked for; no projector has done it yet.`;
  if (result.outcome === 'not_parked') return `${key}: nothing is parked any more.`;
  if (result.outcome === 'refused') return `${key}: not retried: ${result.message}`;
  const { applied, stillParked, code, message } = result;
  const done = `${key}: ${formatCount(applied)} events applied`;
  if (stillParked === 0) return `${done}, none parked any more.`;
  return `${done}, ${formatCount(stillParked)} stay parked (${code}): ${message}`;
}

/** What an answer lacks, in words; no line where it lacks nothing. */
export function noticeLines(parked: ParkedNotice | null): readonly string[] {
  if (parked === null) return [];
  const { key, since, code, message, events } = parked;
  return [
    `PARKED since ${since}: ${formatCount(events)} events of ${key} are not in this (${code}).`,
    `  ${message}`,
  ];
}

/** Where sums over everything stand, and what they lack. */
export function standingLines(sequence: number, { keys, events }: ParkedTotals): readonly string[] {
  const lacks =
    keys === 0
      ? 'nothing is parked'
      : `${formatCount(events)} of them are PARKED under ${formatCount(keys)} keys and not in this`;
  return [`As of ${formatCount(sequence)} events; ${lacks}.`];
}
