import { accounts, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { owner } from '../step.js';
import { complete, openWebOrder, type Story } from './story.js';

const keptMinutes = 20;

/** Units are kept while the customer pays; those of a second cart lapse, a third asks in vain. */
export const keptForCart: Story = (scene, minute) => {
  const paid = openWebOrder(scene, minute);
  const { order } = paid;
  const [line] = order.goods;
  if (line === undefined) throw new Error('An order has a line.');
  const at = { source: accounts.webShop, sku: line.sku ?? '', node: retailer.warehouse };
  const units = { qty: line.qty, uom: retailer.uom };
  const kept = keep(scene, minute - 15, at, units, `R${order.number}`);
  scene.tell(minute - 2, {
    type: 'StockReservationExtended',
    ...at,
    data: { ...kept, reservedUntil: scene.timeOf(minute + keptMinutes) },
  });
  const release = { release: '1', reason: 'ordered' };
  scene.tell(minute + 6, {
    type: 'StockReservationReleased',
    ...at,
    data: { ...kept, ...units, ...release },
  });
  const lapsed = keep(scene, minute - 10, at, units, `L${order.number}`);
  const reservedUntil = scene.timeOf(minute - 10 + keptMinutes);
  scene.tell(minute - 9 + keptMinutes, {
    type: 'StockReservationExpired',
    ...at,
    data: { ...lapsed, ...units, reservedUntil },
  });
  scene.tell(minute - 8, {
    type: 'StockReservationRejected',
    ...at,
    data: {
      ...reservationOf(`N${order.number}`),
      cart: `cart-N${order.number}`,
      owner,
      requested: 999,
      available: line.qty,
      uom: retailer.uom,
    },
  });
  complete(scene, minute, paid);
  return order;
};

interface Place {
  readonly source: string;
  readonly sku: string;
  readonly node: string;
}

function reservationOf(reservation: string) {
  return { authority: accounts.webShop, reservation, line: '1' };
}

function keep(
  scene: Scene,
  minute: number,
  at: Place,
  units: { readonly qty: number; readonly uom: string },
  reservation: string,
) {
  const kept = reservationOf(reservation);
  const reservedUntil = scene.timeOf(minute + keptMinutes);
  scene.tell(minute, {
    type: 'StockSoftReserved',
    ...at,
    data: { ...kept, ...units, cart: `cart-${reservation}`, owner, reservedUntil },
  });
  return kept;
}
