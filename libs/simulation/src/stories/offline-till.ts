import { leafOf } from '#kernel';
import { creditOf } from '../pricing.js';
import { assortmentOf, retailer, type Store, stores } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount, ownerOf } from '../step.js';
import { chooseArticles, named, type SimulatedOrder } from './orders.js';
import type { Story } from './story.js';
import { sellAtTill } from './tickets.js';

const offlineMinutes = 300;

/**
 * A till is cut off for five hours: its tickets come all at once, a return is told before its sale,
 * one ticket is voided, and one is numbered but never arrives, so that the day's total names it.
 */
export const offlineTill: Story = (scene, minute) => {
  const store = scene.random.pick(stores);
  const outage = `OUT${scene.nextNumber()}`;
  const at = { source: store.account, objectid: store.node };
  scene.tell(minute, {
    type: 'IntegrationOutageStarted',
    ...at,
    data: { outage, flows: ['tickets'], cause: 'network' },
  });
  const sell = (after: number) => {
    const chosen = chooseArticles(scene, 1, 1, assortmentOf(store));
    return sellAtTill(scene, minute + after, store, chosen, 'cash', offlineMinutes - after);
  };
  const first = sell(10);
  sell(40);
  scene.takings.addTicket(store, scene.dayOf(minute + 60), lostTicketMinor);
  sell(90);
  takeBack(scene, minute + 120, first, store);
  voidTicket(scene, minute + 150, store);
  scene.tell(minute + offlineMinutes, {
    type: 'IntegrationOutageEnded',
    ...at,
    data: { outage, backlog: 4 },
  });
  return first;
};

const lostTicketMinor = 2_990;

/** The return of a ticket that has not arrived yet. */
function takeBack(scene: Scene, minute: number, order: SimulatedOrder, store: Store): void {
  const [line] = order.goods;
  if (line === undefined) throw new Error('A ticket has a line.');
  const source = store.account;
  const receipt = `RT${scene.nextNumber()}`;
  const returnRef = leafOf('return', [source, receipt]);
  const { netMinor, taxMinor } = creditOf(line, 1);
  const creditMemo = `CM-${receipt}`;
  const given = amount(netMinor + taxMinor);
  const sku = line.sku ?? '';
  const what = { line: '1', receipt, qty: 1 };
  scene.takings.addCash(store, scene.dayOf(minute), -(netMinor + taxMinor));
  scene.tell(minute, {
    type: 'ReturnReceived',
    source,
    objectid: receipt,
    data: { ...what, node: store.node, sku, order: order.leaf, orderLine: line.line },
  });
  scene.tell(minute, {
    type: 'StockReceived',
    source,
    sku,
    node: store.node,
    data: {
      ...what,
      owner: ownerOf(store.legalEntity),
      uom: retailer.uom,
      cause: 'return',
      bucket: 'sellable',
      returnRef,
    },
  });
  scene.tell(minute, {
    type: 'CreditGranted',
    source,
    ...named(order),
    data: {
      creditMemo,
      legalEntity: store.legalEntity,
      currency: retailer.currency,
      basis: 'return',
      lines: [{ net: amount(netMinor), tax: amount(taxMinor), line: line.line, qty: 1 }],
      returnRef,
    },
  });
  scene.tell(minute + 1, {
    type: 'RefundIssued',
    source,
    objectid: `${order.objectid}-P`,
    data: {
      tender: 'cash',
      amount: given,
      legalEntity: store.legalEntity,
      refund: receipt,
      creditMemo,
      orderRefs: [{ order: order.leaf, amount: given }],
    },
  });
}

function voidTicket(scene: Scene, minute: number, store: Store): void {
  scene.tell(minute, {
    type: 'PosVoided',
    source: store.account,
    data: {
      node: store.node,
      businessDay: scene.dayOf(minute),
      register: '1',
      posVoid: `V${scene.nextNumber()}`,
      amount: amount(1_990),
      reason: 'customer_left',
    },
  });
}
