import type { SeededRandom } from './random.js';
import type { Scene } from './scene.js';
import { openBooks, lookAtWarehouse } from './stories/day-frame.js';
import { settleMarketplaces } from './stories/marketplaces.js';
import { setCosts } from './stories/opening.js';
import { stories, type StoryEntry } from './stories/catalogue.js';
import { closeTills } from './stories/till-days.js';

const weights = stories.reduce((sum, { weight }) => sum + weight, 0);

function pickStory(random: SeededRandom): StoryEntry {
  let left = random.integer(1, weights);
  for (const story of stories) {
    left -= story.weight;
    if (left <= 0) return story;
  }
  throw new Error('The weights of the stories add up to less than their sum.');
}

/**
 * Which story comes next: every one once, then some again, so that a day of enough orders has seen
 * everything. The orders that are left are never exceeded.
 */
export function chooseStory(
  random: SeededRandom,
  index: number,
  ordersLeft: number = Number.POSITIVE_INFINITY,
): StoryEntry {
  const planned = stories[index] ?? pickStory(random);
  if (planned.orders <= ordersLeft) return planned;
  return chooseStory(random, stories.length, ordersLeft);
}

const openingMinute = 480;
const tradingMinutes = 720;
const dayMinutes = 1_440;

/** The minute in which the n-th of so many orders comes in, where they come in on so many days. */
export function minuteOf(index: number, orders: number, days = 1): number {
  const share = (index * days) / Math.max(orders, 1);
  const day = Math.floor(share);
  return day * dayMinutes + openingMinute + Math.floor((share - day) * tradingMinutes);
}

/** What there is before the first order: places, costs, rates, and a closed month. */
export function openTrading(scene: Scene): void {
  openBooks(scene, 290);
  setCosts(scene, 300);
}

/** What every day has besides its orders; `days` are those it goes on for. */
export function frameDays(scene: Scene, days: number): void {
  for (let day = 0; day < days; day += 1) lookAtWarehouse(scene, day * dayMinutes + 420);
  closeTills(scene);
  settleMarketplaces(scene, days * dayMinutes + 300);
}
