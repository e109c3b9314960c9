import {
  accounts,
  type Article,
  articles,
  oversoldArticle,
  retailer,
  scarceArticle,
  scarceUnits,
} from '../retailer.js';
import type { Scene } from '../scene.js';
import { owner } from '../step.js';
import { correct } from './corrections.js';

/** Units that a delivery note claimed and the count did not find. */
const miscountedUnits = 12;
const miscountEvery = 9;

/** Sets what every article costs; of some the cost comes only after they were sold. */
export function setCosts(scene: Scene, minute: number): void {
  for (const article of [...articles, scarceArticle, oversoldArticle]) {
    scene.tell(minute, {
      type: 'ItemCostSet',
      source: accounts.purchasing,
      version: '1',
      data: {
        legalEntity: retailer.legalEntity,
        sku: article.sku,
        uom: retailer.uom,
        cost: { decimal: article.cost, currency: retailer.currency },
        validFrom: `${scene.dayOf(minute).slice(0, 4)}-01-01`,
      },
    });
  }
}

/** Fills warehouse and store before anything is sold. */
export function receivePurchases(scene: Scene, minute: number, unitsEach: number): void {
  articles.forEach((article, index) => {
    receive(scene, minute, article, retailer.warehouse, unitsEach, index % miscountEvery === 0);
    receive(scene, minute, article, retailer.store, unitsEach, false);
  });
}

/** Brings in the few units whose shortage the day is about. */
export function receiveShortArticles(scene: Scene, minute: number): void {
  receive(scene, minute, scarceArticle, retailer.warehouse, scarceUnits, false);
  receive(scene, minute, oversoldArticle, retailer.store, 1, false);
}

function receive(
  scene: Scene,
  minute: number,
  { sku }: Article,
  node: string,
  units: number,
  miscounted: boolean,
): void {
  const number = scene.nextNumber();
  const tellReceipt = (at: number, qty: number) =>
    scene.tell(at, {
      type: 'StockReceived',
      source: accounts.warehouse,
      sku,
      node,
      prompt: true,
      data: {
        owner,
        qty,
        uom: retailer.uom,
        cause: 'purchase',
        bucket: 'sellable',
        receipt: `GR${number}`,
        line: '1',
        poRef: `PO${number}`,
      },
    });
  if (miscounted) {
    const wrong = tellReceipt(minute, units + miscountedUnits);
    correct(scene, minute + 5, wrong, 'incorrect_data', true);
    tellReceipt(minute + 6, units);
  } else {
    tellReceipt(minute, units);
  }
  scene.stock.receive(sku, node, units);
}
