import { leafOf } from '#kernel';
import { taxOf } from '../pricing.js';
import { accounts, retailer } from '../retailer.js';
import { amount } from '../step.js';
import { allocate } from './allocations.js';
import { grant } from './credits.js';
import { deliver, ship } from './fulfilment.js';
import { captureWebOrder, chooseArticles, orderTotalMinor } from './orders.js';
import { capture, refund, startPayment } from './payments.js';
import {
  allocatedAfter,
  allUnits,
  dayMinutes,
  deliveredAfter,
  returnedAfter,
  sentAfter,
  type Story,
} from './story.js';

const giftCardMinor = 2_000;
const shippingCreditMinor = 245;

/** Two parcels paid by gift card and card; part of the shipping is credited and goes to the card. */
export const splitTender: Story = (scene, minute) => {
  const order = captureWebOrder(scene, minute, chooseArticles(scene, 2));
  const giftCard = `GC${scene.nextNumber()}`;
  const redemption = `${giftCard}-1`;
  scene.tell(minute - 30 * dayMinutes, {
    type: 'GiftCardIssued',
    source: accounts.giftCards,
    objectid: giftCard,
    data: { amount: amount(5_000), legalEntity: retailer.legalEntity, cause: 'promotion' },
  });
  const spent = amount(giftCardMinor);
  scene.tell(minute + 1, {
    type: 'GiftCardRedeemed',
    source: accounts.giftCards,
    objectid: giftCard,
    data: {
      redemption,
      amount: spent,
      order: order.leaf,
      payment: leafOf('payment', [accounts.giftCards, redemption]),
    },
  });
  scene.tell(minute + 1, {
    type: 'PaymentCaptured',
    source: accounts.giftCards,
    objectid: redemption,
    data: {
      tender: 'gift_card',
      amount: spent,
      legalEntity: retailer.legalEntity,
      capture: redemption,
      orderRefs: [{ order: order.leaf, amount: spent }],
    },
  });
  const payment = startPayment(scene);
  capture(scene, minute + 2, payment, [{ order, minor: orderTotalMinor(order) - giftCardMinor }]);
  order.goods.forEach((line, index) => {
    allocate(scene, minute + allocatedAfter, order, line);
    const sentAt = minute + sentAfter + Math.min(index, 1) * dayMinutes;
    const parcel = ship(scene, sentAt, order, allUnits([line]));
    deliver(scene, sentAt + deliveredAfter - sentAfter, parcel, 'instant');
  });
  const tax = taxOf(shippingCreditMinor);
  const creditMemo = grant(scene, minute + returnedAfter, order, {
    basis: 'shipping',
    lines: [{ net: amount(shippingCreditMinor), tax: amount(tax), line: 'shipping' }],
  });
  const minor = shippingCreditMinor + tax;
  refund(scene, minute + returnedAfter + 5, payment, { order, minor }, creditMemo);
  return order;
};
