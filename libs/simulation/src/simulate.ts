import { SeededRandom } from './random.js';
import { stores } from './retailer.js';
import { Scene } from './scene.js';
import type { SimulatedDelivery } from './step.js';
import { StockRoom } from './stock-room.js';
import { fillStores, receivePurchases, receiveShortArticles } from './stories/opening.js';
import { stories } from './stories/catalogue.js';
import { chooseStory, frameDays, minuteOf, openTrading } from './trading.js';

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
const unitsEachInStore = 200;

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
    openTrading(scene);
    receiveShortArticles(scene, 360);
  }
  receivePurchases(scene, 360, unitsEachDay);
  const filled = stores.filter((_, index) => day === 0 || index === day % stores.length);
  fillStores(scene, 365, filled, unitsEachInStore);
  let told = 0;
  for (let index = day === 0 ? 0 : stories.length; told < ordersPerDay; index += 1) {
    const { tell, orders } = chooseStory(scene.random, index);
    tell(scene, minuteOf(told, ordersPerDay));
    told += orders;
  }
  frameDays(scene, 1);
}
