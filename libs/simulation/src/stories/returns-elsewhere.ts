import { leafOf } from '#kernel';
import { creditOf } from '../pricing.js';
import { accounts, retailer, stores } from '../retailer.js';
import { amount, owner } from '../step.js';
import { deliver } from './fulfilment.js';
import { dayMinutes, deliveredAfter, returnedAfter, sendUnreserved, type Story } from './story.js';

const tiedAfterDays = 2;
const storesAbroad = stores.filter(({ legalEntity }) => legalEntity !== retailer.legalEntity);

/** Sold by one legal entity, taken back without receipt by a store of another; tied later. */
export const returnedElsewhere: Story = (scene, minute) => {
  const begun = minute - returnedAfter;
  const { order, parcel } = sendUnreserved(scene, begun);
  deliver(scene, begun + deliveredAfter, parcel, 'instant');
  const store = scene.random.pick(storesAbroad);
  const [line] = order.goods;
  if (line === undefined) throw new Error('An order has a line.');
  const { account: source, node, legalEntity } = store;
  const receipt = `X${scene.nextNumber()}`;
  const ticket = leafOf('order', [source, receipt]);
  const returnRef = leafOf('return', [source, receipt]);
  const sku = line.sku ?? '';
  scene.tell(minute, {
    type: 'ReturnReceived',
    source,
    objectid: receipt,
    data: { node, receipt, line: '1', sku, qty: 1, order: ticket },
  });
  scene.tell(minute, {
    type: 'StockReceived',
    source,
    sku,
    node,
    data: {
      owner,
      qty: 1,
      uom: retailer.uom,
      cause: 'return',
      bucket: 'sellable',
      receipt,
      line: '1',
      returnRef,
    },
  });
  const { netMinor, taxMinor } = creditOf(line, 1);
  scene.tell(minute, {
    type: 'CreditGranted',
    source,
    objectid: receipt,
    data: {
      creditMemo: `CM-${receipt}`,
      legalEntity,
      currency: retailer.currency,
      basis: 'return',
      lines: [{ net: amount(netMinor), tax: amount(taxMinor) }],
      returnRef,
    },
  });
  const given = amount(netMinor + taxMinor);
  scene.tell(minute + 1, {
    type: 'RefundIssued',
    source,
    objectid: receipt,
    data: {
      tender: 'store_credit',
      amount: given,
      legalEntity,
      refund: `SC-${receipt}`,
      orderRefs: [{ order: ticket, amount: given }],
    },
  });
  scene.tell(minute + 1, {
    type: 'GiftCardIssued',
    source: accounts.giftCards,
    objectid: `SC-${receipt}`,
    data: { amount: given, legalEntity, cause: 'refund' },
  });
  scene.tell(minute + tiedAfterDays * dayMinutes, {
    type: 'ExternalReferenceAttached',
    source,
    subject: returnRef,
    data: { object: returnRef, referenceType: 'order', reference: order.leaf },
  });
  return order;
};
