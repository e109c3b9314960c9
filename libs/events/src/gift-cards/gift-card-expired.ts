import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfAmount } from '../measures.js';
import { eventName } from '../placement.js';
import { IsMoney } from '../validation/amounts.js';
import { homeOfGiftCard } from './gift-card-use.js';

export class GiftCardExpired {
  /** What was left on the card. */
  @IsMoney() amount!: Money;
}

export const giftCardExpired = defineEvent({
  type: 'GiftCardExpired',
  dataClass: GiftCardExpired,
  schemaVersion: 1,
  categories: ['giftCard'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  measure: measureOfAmount,
  personalData: [],
  keys: ({ eventId, leaf }) => keys(homeOfGiftCard(leaf), { connects: [eventName(eventId)] }),
  words: {
    discriminators: 'none',
    businessKey: 'the card',
    touches: 'the card',
  },
  effect: {
    posts: { does: 'never', words: 'breakage is a valuation at the close of a period' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A gift card lapsed with what was left on it.',
});
