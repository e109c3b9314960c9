import { SeededRandom } from './random.js';
import { stores } from './retailer.js';
import { Scene } from './scene.js';
import type { SimulatedStep } from './step.js';
import { StockRoom } from './stock-room.js';
import { fillStores, receivePurchases, receiveShortArticles } from './stories/opening.js';
import type { SimulatedOrder } from './stories/orders.js';
import { unsent } from './stories/unfinished.js';
import { chooseStory, frameDays, minuteOf, openTrading } from './trading.js';

export interface TradingOptions {
  /** A whole number; equal options give equal trading. */
  readonly seed: number;
  readonly orders: number;
  /** `YYYY-MM-DD`; what follows the orders happens on the days after the last. */
  readonly startDate: string;
  /** On how many days the orders come in. */
  readonly days?: number;
}

/** An order worth showing, and why. */
export interface Showcase {
  /** The order's leaf. */
  readonly order: string;
  readonly skus: readonly string[];
  /** What there is to see. */
  readonly shows: string;
  /** Whether it is not sent yet. */
  readonly isOpen: boolean;
}

export interface TradingDay {
  /** Deliveries and commands in the order in which they reach the ledger. */
  readonly steps: readonly SimulatedStep[];
  /** The first is a split shipment with a return; each of the others shows something else. */
  readonly showcases: readonly [Showcase, ...Showcase[]];
}

const receiptsMinute = 360;
const unitsEachBase = 60;
const unitsEachPerOrder = 3;
const unitsEachInStore = 60;

/**
 * Days of a retailer with a web shop, two marketplaces, twenty stores and a warehouse: what its
 * systems deliver, late, twice and out of order, and what they ask the ledger to decide. Stock is
 * there before it is promised, but for the few articles whose shortage the day is about.
 */
export function tradingDay({ seed, orders, startDate, days = 1 }: TradingOptions): TradingDay {
  const random = new SeededRandom(seed);
  const scene = new Scene({
    random,
    stock: new StockRoom(),
    decisions: 'asked',
    startMilliseconds: Date.parse(`${startDate}T00:00:00Z`),
    name: `day-${startDate}-${seed}`,
    lastNumber: 10_000,
  });
  openTrading(scene);
  receivePurchases(scene, receiptsMinute, unitsEachBase + orders * unitsEachPerOrder);
  fillStores(scene, receiptsMinute, stores, unitsEachInStore + orders);
  receiveShortArticles(scene, receiptsMinute);
  const [first, ...others] = tellOrders(scene, orders, days);
  if (first === undefined) throw new Error('Trading needs at least one order.');
  frameDays(scene, days);
  return { steps: scene.arrivals().map(({ step }) => step), showcases: [first, ...others] };
}

function tellOrders(scene: Scene, orders: number, days: number): readonly Showcase[] {
  const showcases = new Map<string, Showcase>();
  let told = 0;
  for (let index = 0; told < orders; index += 1) {
    const story = chooseStory(scene.random, index, orders - told);
    const order = story.tell(scene, minuteOf(told, orders, days));
    told += story.orders;
    const { shows } = story;
    if (shows !== undefined && !showcases.has(shows)) {
      showcases.set(shows, showcaseOf(order, shows, story.tell === unsent));
    }
  }
  return [...showcases.values()];
}

function showcaseOf({ leaf, goods }: SimulatedOrder, shows: string, isOpen: boolean): Showcase {
  return { order: leaf, skus: goods.map(({ sku = '' }) => sku), shows, isOpen };
}
