import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfAmount } from '../measures.js';
import { eventName, homeOfHappening } from '../placement.js';
import { IsSignedMoney } from '../validation/amounts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export class PayoutReceived {
  /** The provider's own id of the payout, as its statement or the bank's reference names it. */
  @IsIdentifier() payout!: string;
  @IsRegisteredKey() legalEntity!: string;
  /** Below zero where the provider drew money from the account. */
  @IsSignedMoney() amount!: Money;
  /** The bank account by the key it is registered under; never its number. */
  @Optional() @IsRegisteredKey() bankAccount?: string;
  @Optional() @IsDateOrInstant() valueDate?: string;
}

export const payoutReceived = defineEvent({
  type: 'PayoutReceived',
  dataClass: PayoutReceived,
  schemaVersion: 1,
  categories: ['settlement'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.payout],
  businessKey: ({ leaf, data }) => [leaf, data.payout],
  measure: measureOfAmount,
  // The provider sent it, and what came in is the bank's to say.
  authority: 'any',
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfHappening('payout', leaf, [data.payout]), { connects: [eventName(eventId)] }),
  words: {
    discriminators: "the payout's id",
    businessKey: 'the batch and the payout',
    touches: 'the payout',
  },
  effect: {
    posts: { does: 'later', words: 'Dr bank / Cr clearing of the tender or of the marketplace' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'The money of a settled batch reached the bank.',
});
