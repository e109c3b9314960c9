import { SeededRandom } from './random.js';
import { Scene } from './scene.js';
import type { SimulatedStep } from './step.js';
import { StockRoom } from './stock-room.js';
import { receivePurchases, receiveShortArticles, setCosts } from './stories/opening.js';
import { everyStory, minuteOf, ordersOf, pickStory } from './trading.js';

export interface TradingDayOptions {
  /** A whole number; equal options give equal days. */
  readonly seed: number;
  readonly orders: number;
  /** `YYYY-MM-DD`; what follows the orders happens on the days after it. */
  readonly startDate: string;
}

/** An order worth showing: a split shipment with a return. */
export interface Showcase {
  /** The order's leaf. */
  readonly order: string;
  readonly skus: readonly string[];
}

export interface TradingDay {
  /** Deliveries and commands in the order in which they reach the ledger. */
  readonly steps: readonly SimulatedStep[];
  readonly showcase: Showcase;
}

const costsMinute = 300;
const receiptsMinute = 360;
const unitsEachBase = 60;
const unitsEachPerOrder = 3;

/**
 * A day of a retailer with a web shop, a marketplace, a till and a warehouse: what its systems
 * deliver, late, twice and out of order, and what they ask the ledger to decide. Stock is there
 * before it is promised, but for the few articles whose shortage the day is about.
 */
export function tradingDay({ seed, orders, startDate }: TradingDayOptions): TradingDay {
  const random = new SeededRandom(seed);
  const scene = new Scene({
    random,
    stock: new StockRoom(),
    decisions: 'asked',
    startMilliseconds: Date.parse(`${startDate}T00:00:00Z`),
    name: `day-${startDate}-${seed}`,
    lastNumber: 10_000,
  });
  setCosts(scene, costsMinute);
  receivePurchases(scene, receiptsMinute, unitsEachBase + orders * unitsEachPerOrder);
  receiveShortArticles(scene, receiptsMinute);
  let showcase: Showcase | undefined;
  let told = 0;
  for (let index = 0; told < orders; index += 1) {
    const planned = everyStory[index] ?? pickStory(random);
    const story = told + ordersOf(planned) <= orders ? planned : pickStory(random);
    const order = story(scene, minuteOf(told, orders));
    showcase ??= { order: order.leaf, skus: order.goods.map(({ sku = '' }) => sku) };
    told += ordersOf(story);
  }
  if (showcase === undefined) throw new Error('A trading day needs at least one order.');
  return { steps: scene.arrivals().map(({ step }) => step), showcase };
}
