import { accounts } from '../retailer.js';
import { deliver } from './fulfilment.js';
import { dayMinutes, deliveredAfter, sendUnreserved, type Story } from './story.js';

const begunDaysAgo = 45;

/** Allowed to come back, never sent; asked for once more when it was too late. */
export const returnNeverSent: Story = (scene, minute) => {
  const begun = minute - begunDaysAgo * dayMinutes;
  const { order, parcel } = sendUnreserved(scene, begun);
  deliver(scene, begun + deliveredAfter, parcel, 'instant');
  const [line] = order.goods;
  const asked = { order: order.leaf, orderLine: line?.line ?? '', qty: 1, reason: 'not_needed' };
  const askFor = (at: number, objectid: string) => {
    const told = { source: accounts.returnsDesk, objectid };
    scene.tell(at, { type: 'ReturnRequested', ...told, data: { lines: [asked] } });
    return told;
  };
  const first = askFor(begun + 3 * dayMinutes, `RMA${scene.nextNumber()}`);
  const returnUntil = scene.dayOf(begun + 33 * dayMinutes);
  scene.tell(begun + 3 * dayMinutes + 5, {
    type: 'ReturnAuthorized',
    ...first,
    data: { returnUntil, decidedBy: 'policy' },
  });
  scene.tell(begun + 34 * dayMinutes, { type: 'ReturnExpired', ...first, data: { returnUntil } });
  const second = askFor(minute, `RMA${scene.nextNumber()}`);
  const data = { reason: 'window_passed', decidedBy: 'policy' as const };
  scene.tell(minute + 5, { type: 'ReturnDeclined', ...second, data });
  return order;
};
