import { priceGoods } from '../pricing.js';
import { accounts, marketplaces, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import { allocate } from './allocations.js';
import { deliver, ship } from './fulfilment.js';
import {
  chooseArticles,
  orderOf,
  orderTotalMinor,
  type SimulatedOrder,
  tellCapture,
  tellPromise,
} from './orders.js';
import { allocatedAfter, allUnits, deliveredAfter, sentAfter, type Story } from './story.js';
import type { MarketplaceDay } from '../takings.js';

const batchFeeMinor = 3_999;

/** An order that the marketplace collects, taxes and settles. */
export const marketplace: Story = (scene, minute) => {
  const sold = scene.random.pick(marketplaces);
  const number = scene.nextNumber();
  const goods = priceGoods(scene.random, chooseArticles(scene, 1));
  const objectid = `303-${String(number).padStart(7, '0')}-A`;
  const order: SimulatedOrder = {
    ...orderOf(sold.account, objectid, number, goods, goods),
    sellerOwesTax: false,
  };
  tellCapture(scene, minute, order, {
    debtor: { kind: 'marketplace', id: sold.debtor },
    channel: 'marketplace',
  });
  tellPromise(scene, minute, order);
  for (const line of order.goods) allocate(scene, minute + allocatedAfter, order, line);
  const shipment = ship(scene, minute + sentAfter, order, allUnits(order.goods));
  deliver(scene, minute + deliveredAfter, shipment, 'instant');
  const grossMinor = orderTotalMinor(order);
  const commissionMinor = Math.floor((grossMinor * sold.commissionPercent) / 100);
  const day = scene.dayOf(minute);
  scene.takings.addSale(sold, day, { order: order.leaf, grossMinor, commissionMinor });
  return order;
};

/** The marketplaces settle what they sold on each day, keep a fee, and the bank has the rest. */
export function settleMarketplaces(scene: Scene, minute: number): void {
  for (const sold of scene.takings.marketplaceDays) settle(scene, minute, sold);
}

function settle(scene: Scene, minute: number, { marketplace: from, day, sales }: MarketplaceDay) {
  const objectid = `${day}-${scene.nextNumber()}`;
  let netMinor = -batchFeeMinor;
  for (const [index, { order, grossMinor, commissionMinor }] of sales.entries()) {
    netMinor += grossMinor - commissionMinor;
    tellLine(scene, minute, from.account, objectid, String(index + 1), 'charge', {
      grossMinor,
      feeMinor: commissionMinor,
      reference: order,
    });
  }
  tellLine(scene, minute, from.account, objectid, 'fee', 'fee', {
    grossMinor: 0,
    feeMinor: batchFeeMinor,
  });
  scene.tell(minute + 1_440, {
    type: 'PayoutReceived',
    source: accounts.bank,
    account: from.account,
    objectid,
    precision: 'date',
    data: {
      payout: `PO-${objectid}`,
      legalEntity: retailer.legalEntity,
      amount: amount(netMinor),
    },
  });
}

function tellLine(
  scene: Scene,
  minute: number,
  source: string,
  objectid: string,
  line: string,
  type: 'charge' | 'fee',
  said: { readonly grossMinor: number; readonly feeMinor: number; readonly reference?: string },
): void {
  const { grossMinor, feeMinor, reference } = said;
  scene.tell(minute, {
    type: 'SettlementLineReported',
    source,
    objectid,
    data: {
      line,
      type,
      legalEntity: retailer.legalEntity,
      gross: amount(grossMinor),
      fee: amount(feeMinor),
      tax: amount(0),
      net: amount(grossMinor - feeMinor),
      ...(reference === undefined ? {} : { reference }),
    },
  });
}
