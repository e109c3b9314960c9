import type { EventParts } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { eventName, homeOfHappening } from '../placement.js';
import { ordersOfLines } from '../shared-parts.js';

interface GiftCardUse {
  payment?: string;
  order?: string;
}

/** What is issued lapses in the same home. */
export function homeOfGiftCard(giftCardLeaf: string): string {
  return homeOfHappening('giftCardBalance', giftCardLeaf, []);
}

/**
 * A card that is used often must not join the orders it paid, so that each use is a home of its own,
 * kept with the payment it is for.
 */
export function giftCardUseKeys(
  { eventId, leaf, data }: EventParts<GiftCardUse> & { readonly eventId: string },
  use: string,
): EventKeys {
  return keys(homeOfHappening('giftCardUse', leaf, [use]), {
    connects: [eventName(eventId), ...(data.payment === undefined ? [] : [data.payment])],
    subjects: ordersOfLines([data]),
  });
}
