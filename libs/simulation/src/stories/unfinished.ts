import { accounts } from '../retailer.js';
import { amount } from '../step.js';
import { cancelOrder, captureWebOrder, chooseArticles, named, orderTotalMinor } from './orders.js';
import { startPayment } from './payments.js';
import { openWebOrder, type Story } from './story.js';

/** An order of today that nobody has sent yet. */
export const unsent: Story = (scene, minute) => openWebOrder(scene, minute).order;

/** The card is refused, and the shop gives the order up. */
export const unpaid: Story = (scene, minute) => {
  const order = captureWebOrder(scene, minute, chooseArticles(scene, 1));
  const { objectid } = startPayment(scene);
  const asked = amount(orderTotalMinor(order));
  const of = {
    tender: 'card' as const,
    amount: asked,
    orderRefs: [{ order: order.leaf, amount: asked }],
    reason: 'insufficient_funds',
  };
  scene.tell(minute + 1, {
    type: 'PaymentAuthorizationFailed',
    source: accounts.paymentProvider,
    objectid,
    data: { ...of, authorization: `auth_${scene.nextNumber()}` },
  });
  scene.tell(minute + 2, {
    type: 'OrderHoldPlaced',
    source: accounts.webShop,
    ...named(order),
    data: { holdId: `H${order.number}`, type: 'payment', blocks: ['release', 'dispatch'] },
  });
  cancelOrder(scene, minute + 240, order, 'not paid');
  return order;
};
