import {
  accounts,
  type Article,
  articles,
  assortmentOf,
  berlin,
  legalEntities,
  oversoldArticle,
  retailer,
  scarceArticle,
  scarceUnits,
  type Store,
} from '../retailer.js';
import type { Scene } from '../scene.js';
import { ownerOf } from '../step.js';
import { correct } from './corrections.js';

/** Units that a delivery note claimed and the count did not find. */
const miscountedUnits = 12;
const miscountEvery = 9;

/** Sets what every article costs; of some the cost comes only after they were sold. */
export function setCosts(scene: Scene, minute: number): void {
  for (const legalEntity of legalEntities) setCostsOf(scene, minute, legalEntity);
}

function setCostsOf(scene: Scene, minute: number, legalEntity: string): void {
  for (const article of [...articles, scarceArticle, oversoldArticle]) {
    scene.tell(minute, {
      type: 'ItemCostSet',
      source: accounts.purchasing,
      version: '1',
      data: {
        legalEntity,
        sku: article.sku,
        uom: retailer.uom,
        cost: { decimal: article.cost, currency: retailer.currency },
        validFrom: `${scene.dayOf(minute).slice(0, 4)}-01-01`,
      },
    });
  }
}

/** Fills the warehouse before anything is sold. */
export function receivePurchases(scene: Scene, minute: number, unitsEach: number): void {
  articles.forEach((article, index) => {
    const miscounted = index % miscountEvery === 0;
    receive(scene, minute, article, { node: retailer.warehouse, units: unitsEach, miscounted });
  });
}

/** Fills the shelves of stores. */
export function fillStores(
  scene: Scene,
  minute: number,
  filled: readonly Store[],
  unitsEach: number,
): void {
  for (const store of filled) {
    for (const article of assortmentOf(store)) {
      receive(scene, minute, article, { ...store, units: unitsEach });
    }
  }
}

/** Brings in the few units whose shortage the day is about. */
export function receiveShortArticles(scene: Scene, minute: number): void {
  receive(scene, minute, scarceArticle, { node: retailer.warehouse, units: scarceUnits });
  receive(scene, minute, oversoldArticle, { ...berlin, units: 1 });
}

interface Arrival {
  readonly node: string;
  readonly legalEntity?: string;
  readonly units: number;
  readonly miscounted?: boolean;
}

function receive(scene: Scene, minute: number, { sku }: Article, arrival: Arrival): void {
  const { node, legalEntity = retailer.legalEntity, units, miscounted = false } = arrival;
  const number = scene.nextNumber();
  const tellReceipt = (at: number, qty: number) =>
    scene.tell(at, {
      type: 'StockReceived',
      source: accounts.warehouse,
      sku,
      node,
      prompt: true,
      data: {
        owner: ownerOf(legalEntity),
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
