import { keptForCart } from './carts.js';
import { chargebackLost, chargebackOpen, chargebackWon } from './chargebacks.js';
import { dropShipped } from './drop-ship.js';
import { duplicate, wrongDuplicate } from './duplicates.js';
import { amendmentDeclined, edited } from './edited-orders.js';
import { exchanged, exchangedEvenly, exchangedInAdvance } from './exchanges.js';
import { lateReturn } from './late-returns.js';
import { delayedParcel, lostParcel, lostUnclaimed, returnedToSender } from './lost-parcels.js';
import { marketplace } from './marketplaces.js';
import { observed } from './observed-orders.js';
import { offlineTill } from './offline-till.js';
import { paidTogether, tiedLate } from './payment-ties.js';
import { expiredPickup, pickup, substitutedPickup } from './pickups.js';
import { preOrdered, preOrderForfeited } from './pre-orders.js';
import { refundFailed, refundReversed } from './refund-troubles.js';
import { rerouted } from './rerouted-orders.js';
import { returnNeverSent } from './return-troubles.js';
import { returnedElsewhere } from './returns-elsewhere.js';
import { cleared, fraudulent } from './reviewed-orders.js';
import { splitTender } from './split-tender.js';
import type { Story } from './story.js';
import { oversoldTicket, ticket } from './tickets.js';
import { openTransfer, shortTransfer } from './transfers.js';
import {
  cancelledTooLate,
  deliveredOnSomeDay,
  deliveredSometime,
  lineCancelled,
  misdelivered,
  orderCancelled,
  scarce,
} from './troubled-stories.js';
import { unpaid, unsent } from './unfinished.js';
import { goodwill, ordinary, returned, splitWithReturn } from './web-stories.js';

/** A story and how often it is told. */
export interface StoryEntry {
  readonly tell: Story;
  /** How often among the sum of all weights. */
  readonly weight: number;
  /** How many orders it captures. */
  readonly orders: number;
  /** What there is to see of it, where somebody should be shown it. */
  readonly shows?: string;
}

const one = (tell: Story, weight: number, shows?: string): StoryEntry => ({
  tell,
  weight,
  orders: 1,
  ...(shows === undefined ? {} : { shows }),
});

/** Plain orders are seven of ten; what is only told once a day has no weight. */
export const stories: readonly StoryEntry[] = [
  one(splitWithReturn, 45, 'an order sent in two parcels, one unit returned'),
  one(ordinary, 330),
  one(ticket, 190),
  one(marketplace, 120, 'an order sold by a marketplace and settled with its commission'),
  one(observed, 60, 'an order told by every system from the checks to the invoice'),
  one(lineCancelled, 25),
  one(orderCancelled, 25),
  one(goodwill, 20),
  one(tiedLate, 15),
  { tell: paidTogether, weight: 0, orders: 2 },
  one(misdelivered, 12),
  one(deliveredSometime, 8),
  one(deliveredOnSomeDay, 8),
  one(cancelledTooLate, 6),
  one(returned, 50),
  one(scarce, 0),
  one(scarce, 0),
  one(oversoldTicket, 0),
  one(oversoldTicket, 0),
  one(scarce, 0),
  one(scarce, 0),
  one(substitutedPickup, 5, 'a store pickup with a substitute, and an item not found'),
  one(pickup, 20),
  one(expiredPickup, 3),
  one(splitTender, 6, 'an order in two parcels, paid by gift card and card'),
  one(
    returnedElsewhere,
    4,
    'an item given back without receipt to a store of another legal entity',
  ),
  {
    tell: exchanged,
    weight: 4,
    orders: 2,
    shows: 'an order exchanged for something that costs more',
  },
  one(exchangedEvenly, 2, 'an item exchanged for the same in another size'),
  {
    tell: exchangedInAdvance,
    weight: 1,
    orders: 2,
    shows: 'an exchange sent in advance, whose old item never came back',
  },
  one(chargebackOpen, 2, 'an order refunded, and then charged back'),
  one(chargebackWon, 1),
  one(chargebackLost, 1),
  { tell: offlineTill, weight: 2, orders: 3, shows: 'a ticket of a till that was offline' },
  one(dropShipped, 4, 'an order sent by the supplier, whose invoice is higher than agreed'),
  one(preOrdered, 3, 'goods ordered months before in another currency, with a deposit'),
  one(preOrderForfeited, 1),
  one(lostParcel, 4, 'a parcel lost by the carrier, sent again, and claimed'),
  one(lostUnclaimed, 1),
  one(delayedParcel, 6),
  one(returnedToSender, 3),
  one(edited, 5, 'an order edited after its first parcel'),
  one(amendmentDeclined, 3),
  { tell: duplicate, weight: 3, orders: 2, shows: 'an order captured by two systems' },
  { tell: wrongDuplicate, weight: 1, orders: 2 },
  one(shortTransfer, 3, 'an order that waits for a transfer that arrived two short'),
  one(openTransfer, 1),
  one(lateReturn, 4, 'an item given back after its month was closed'),
  one(unsent, 6, 'an order not sent yet, and its customer asks to be forgotten'),
  one(keptForCart, 15),
  one(refundFailed, 2),
  one(refundReversed, 1),
  one(returnNeverSent, 2),
  one(unpaid, 3),
  one(cleared, 5),
  one(fraudulent, 2),
  one(rerouted, 6),
];
