import { leafOf } from '#kernel';
import { creditOf } from '../pricing.js';
import { accounts, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import { carrier, deliver, scan, ship, type SimulatedShipment } from './fulfilment.js';
import { named, type SimulatedOrder } from './orders.js';
import { allUnits, dayMinutes, deliveredAfter, sendUnreserved, type Story } from './story.js';

const begunDaysAgo = 24;

/** The carrier loses a parcel; the goods are sent again, and the claim is paid or refused. */
const lost =
  (claim: 'paid' | 'rejected'): Story =>
  (scene, minute) => {
    const begun = minute - begunDaysAgo * dayMinutes;
    const { order, parcel } = sendUnreserved(scene, begun);
    const lostAt = begun + 8 * dayMinutes;
    ask(scene, lostAt - 30, order, 'where_is_my_order');
    const objectid = `CL${order.number}`;
    scene.tell(lostAt, {
      type: 'ShipmentLost',
      source: accounts.carrier,
      objectid: parcel.tracking,
      data: {
        carrier,
        tracking: parcel.tracking,
        claim: leafOf('claim', [accounts.transport, objectid]),
      },
    });
    const again = lostAt + dayMinutes;
    const units = allUnits(order.goods);
    const replacement = ship(scene, again, order, units, { replaces: parcel, reserved: false });
    deliver(scene, again + deliveredAfter, replacement, 'instant');
    file(scene, again + 60, order, parcel, claim);
    return order;
  };

export const lostParcel: Story = lost('paid');
export const lostUnclaimed: Story = lost('rejected');

function file(
  scene: Scene,
  minute: number,
  order: SimulatedOrder,
  { leaf: shipment, tracking }: SimulatedShipment,
  outcome: 'paid' | 'rejected',
): void {
  const [line] = order.goods;
  const worth = line === undefined ? 0 : creditOf(line, line.qty).netMinor;
  const claimed = { shipment, amount: amount(worth), legalEntity: retailer.legalEntity };
  const at = { source: accounts.transport, objectid: `CL${order.number}` };
  scene.tell(minute, {
    type: 'CarrierClaimFiled',
    ...at,
    data: { ...claimed, cause: 'lost', carrier, tracking },
  });
  const decided = minute + 6 * dayMinutes;
  if (outcome === 'rejected') {
    const data = { shipment, reason: 'not_insured' };
    scene.tell(decided, { type: 'CarrierClaimRejected', ...at, data });
    return;
  }
  scene.tell(decided, { type: 'CarrierClaimAccepted', ...at, data: claimed });
  scene.tell(decided + 6 * dayMinutes, {
    type: 'CarrierClaimPaid',
    ...at,
    data: { ...claimed, remittance: `RM${order.number}` },
  });
}

/** A parcel that was delayed and not handed over at first, and comes after all. */
export const delayedParcel: Story = (scene, minute) => {
  const { order, parcel } = sendUnreserved(scene, minute);
  const told = { carrier, tracking: parcel.tracking };
  const at = { source: accounts.carrier, objectid: parcel.tracking };
  scene.tell(minute + deliveredAfter, {
    type: 'DeliveryDelayed',
    ...at,
    data: { ...told, expectedAt: scene.dayOf(minute + 3 * dayMinutes), code: 'weather' },
  });
  scene.tell(minute + deliveredAfter + 5, {
    type: 'PromiseDateSet',
    source: order.account,
    objectid: order.objectid,
    version: '2',
    data: { promised: scene.dayOf(minute + 3 * dayMinutes), cause: 'carrier delay' },
  });
  const attempt = minute + 2 * dayMinutes;
  const data = { ...told, code: 'nobody_home', attempt: 1 };
  scene.tell(attempt, { type: 'DeliveryAttemptFailed', ...at, data });
  deliver(scene, attempt + dayMinutes, parcel, 'instant', 2);
  return order;
};

/** Nobody takes the parcel in, and the carrier brings it back. */
export const returnedToSender: Story = (scene, minute) => {
  const { order, parcel } = sendUnreserved(scene, minute - 4 * dayMinutes);
  scan(scene, minute - 2 * dayMinutes, parcel, 'held_at_depot', 'Berlin');
  scene.tell(minute, {
    type: 'ShipmentReturnedToSender',
    source: accounts.carrier,
    objectid: parcel.tracking,
    data: { carrier, tracking: parcel.tracking, reason: 'not_collected' },
  });
  ask(scene, minute + 60, order, 'delivery_problem');
  return order;
};

function ask(
  scene: Scene,
  minute: number,
  order: Parameters<typeof named>[0],
  reason: 'where_is_my_order' | 'delivery_problem',
): void {
  const caseId = `CASE${scene.nextNumber()}`;
  scene.tell(minute, {
    type: 'CustomerContactReceived',
    source: accounts.serviceDesk,
    ...named(order),
    data: { reason, medium: 'email', caseId, contactId: `${caseId}-1` },
  });
  scene.tell(minute + 25, {
    type: 'OrderNoteAdded',
    source: accounts.serviceDesk,
    ...named(order),
    data: { visibility: 'internal', noteId: `${caseId}-N` },
  });
}
