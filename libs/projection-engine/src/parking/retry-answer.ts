import type { ParkingFold } from './fold-with-parking.js';

/** What became of a parked key that was tried again. */
export type RetryAnswer =
  | {
      readonly outcome: 'retried';
      /** Events that are applied now. */
      readonly applied: number;
      /** Events that a recorded decision leaves out. */
      readonly skipped: number;
      /** Events that stay parked, under this key or another. */
      readonly stillParked: number;
      /** What is wrong with the first of them. */
      readonly code?: string;
      readonly message?: string;
    }
  /** Nothing was parked under the key, or it is applied already. */
  | { readonly outcome: 'not_parked' }
  /** Nothing changed. */
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string };

export const notParked: RetryAnswer = { outcome: 'not_parked' };

/** What a retry did with the events that were stored under the key, and those it tried. */
export function answerOf(
  storedCount: number,
  triedCount: number,
  { parked: { events } }: ParkingFold<unknown>,
): RetryAnswer {
  const [first] = events;
  return {
    outcome: 'retried',
    applied: triedCount - events.length,
    skipped: storedCount - triedCount,
    stillParked: events.length,
    ...(first === undefined ? {} : { code: first.code, message: first.message }),
  };
}
