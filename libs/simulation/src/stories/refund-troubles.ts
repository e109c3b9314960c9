import { accounts, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import { grantGoodwill } from './credits.js';
import { deliver } from './fulfilment.js';
import type { OrderPart, SimulatedPayment } from './payments.js';
import { dayMinutes, deliveredAfter, returnedAfter, sendUnreserved, type Story } from './story.js';

const goodwillMinor = 357;

/** The first try to pay a goodwill out fails, and a second credit is turned down. */
export const refundFailed: Story = (scene, minute) => {
  const { order, payment, parcel } = sendUnreserved(scene, minute);
  deliver(scene, minute + deliveredAfter, parcel, 'instant');
  const part = { order, minor: goodwillMinor };
  scene.tell(minute + returnedAfter + 30, {
    type: 'RefundFailed',
    source: accounts.paymentProvider,
    objectid: payment.objectid,
    data: { ...paidBack(scene, part), tender: 'card', reason: 'card_closed' },
  });
  grantGoodwill(scene, minute + returnedAfter, order, payment);
  turnDown(scene, minute + returnedAfter + 200, payment, part);
  return order;
};

/** What was paid back by mistake is taken back by the provider. */
export const refundReversed: Story = (scene, minute) => {
  const { order, payment, parcel } = sendUnreserved(scene, minute);
  deliver(scene, minute + deliveredAfter, parcel, 'instant');
  const back = { ...paidBack(scene, { order, minor: goodwillMinor }), tender: 'card' as const };
  const { legalEntity } = retailer;
  const at = { source: accounts.paymentProvider, objectid: payment.objectid };
  scene.tell(minute + dayMinutes, { type: 'RefundIssued', ...at, data: { ...back, legalEntity } });
  scene.tell(minute + 2 * dayMinutes, {
    type: 'RefundReversed',
    ...at,
    data: { ...back, legalEntity, reason: 'issued_in_error' },
  });
  return order;
};

function paidBack(scene: Scene, { order, minor }: OrderPart) {
  return {
    amount: amount(minor),
    refund: `re_${scene.nextNumber()}`,
    orderRefs: [{ order: order.leaf, amount: amount(minor) }],
  };
}

function turnDown(
  scene: Scene,
  minute: number,
  { objectid }: SimulatedPayment,
  { order, minor }: OrderPart,
): void {
  const request = `RQ${scene.nextNumber()}`;
  const at = {
    source: accounts.orderManagement,
    account: accounts.paymentProvider,
    objectid,
  };
  scene.tell(minute, {
    type: 'RefundRequested',
    ...at,
    data: {
      request,
      amount: amount(minor),
      orderRefs: [{ order: order.leaf, amount: amount(minor) }],
      basis: 'goodwill',
    },
  });
  const data = { request, reason: 'granted_before' };
  scene.tell(minute + 60, { type: 'RefundRejected', ...at, data });
}
