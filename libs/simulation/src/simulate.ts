import { SeededRandom } from './random.js';
import { Scene } from './scene.js';
import type { SimulatedDelivery } from './step.js';
import { StockRoom } from './stock-room.js';
import { receivePurchases, receiveShortArticles, setCosts } from './stories/opening.js';
import { everyStory, minuteOf, ordersOf, pickStory } from './trading.js';

export interface SimulationOptions {
  /** A whole number; equal options give equal streams. */
  readonly seed: number;
  /** How many deliveries the stream has; repeats count. */
  readonly events: number;
}

const firstDay = Date.UTC(2026, 0, 5);
const dayMilliseconds = 86_400_000;
const ordersPerDay = 200;
const unitsEachDay = 400;

/**
 * Day after day of the trading mix, facts only: what the ledger would decide is reported by an
 * order management. A stream of fewer events is the beginning of a longer one; one day is held in
 * memory at a time.
 */
export function* simulate({ seed, events }: SimulationOptions): Generator<SimulatedDelivery> {
  const random = new SeededRandom(seed);
  const stock = new StockRoom();
  let lastNumber = 100_000;
  let left = events;
  for (let day = 0; left > 0; day += 1) {
    const scene = new Scene({
      random,
      stock,
      decisions: 'reported',
      startMilliseconds: firstDay + day * dayMilliseconds,
      name: `simulation-${seed}-${day}`,
      lastNumber,
    });
    tellDay(scene, day);
    lastNumber = scene.lastNumber;
    for (const { step } of scene.arrivals()) {
      if (step.kind === 'command') throw new Error('A stream of facts asks for no decision.');
      if (left === 0) return;
      left -= 1;
      yield step.delivery;
    }
  }
}

function tellDay(scene: Scene, day: number): void {
  if (day === 0) {
    setCosts(scene, 300);
    receiveShortArticles(scene, 360);
  }
  receivePurchases(scene, 360, unitsEachDay);
  let told = 0;
  for (let index = 0; told < ordersPerDay; index += 1) {
    const story = (day === 0 ? everyStory[index] : undefined) ?? pickStory(scene.random);
    story(scene, minuteOf(told, ordersPerDay));
    told += ordersOf(story);
  }
}
