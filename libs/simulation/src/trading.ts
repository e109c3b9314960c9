import type { SeededRandom } from './random.js';
import {
  marketplace,
  oversoldTicket,
  paidTogether,
  ticket,
  tiedLate,
} from './stories/channel-stories.js';
import type { Story } from './stories/story.js';
import {
  cancelledTooLate,
  lineCancelled,
  misdelivered,
  orderCancelled,
  scarce,
  vaguelyDelivered,
} from './stories/troubled-stories.js';
import { goodwill, ordinary, returned, splitWithReturn } from './stories/web-stories.js';

/** How often each story is told among a hundred. */
const frequencies: readonly (readonly [story: Story, percent: number])[] = [
  [ordinary, 34],
  [ticket, 20],
  [marketplace, 12],
  [returned, 8],
  [splitWithReturn, 6],
  [lineCancelled, 4],
  [orderCancelled, 4],
  [goodwill, 3],
  [tiedLate, 3],
  [vaguelyDelivered, 3],
  [misdelivered, 2],
  [cancelledTooLate, 1],
];

/** Every story once, then some again: a day of this many orders has seen everything. */
export const everyStory: readonly Story[] = [
  splitWithReturn,
  ordinary,
  ticket,
  marketplace,
  lineCancelled,
  orderCancelled,
  goodwill,
  tiedLate,
  paidTogether,
  misdelivered,
  vaguelyDelivered,
  cancelledTooLate,
  returned,
  scarce,
  scarce,
  oversoldTicket,
  oversoldTicket,
  scarce,
  scarce,
];

export function pickStory(random: SeededRandom): Story {
  let left = random.integer(
    1,
    frequencies.reduce((sum, [, percent]) => sum + percent, 0),
  );
  for (const [story, percent] of frequencies) {
    left -= percent;
    if (left <= 0) return story;
  }
  return ordinary;
}

const openingMinute = 480;
const tradingMinutes = 720;

/** The minute in which the n-th of so many orders comes in. */
export function minuteOf(index: number, orders: number): number {
  return openingMinute + Math.floor((index * tradingMinutes) / Math.max(orders, 1));
}

/** How many orders a story captures. */
export function ordersOf(story: Story): number {
  return story === paidTogether ? 2 : 1;
}
