import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName, homeOfBalanceTransfer } from '../placement.js';
import { IsSignedMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, IsOneOf, IsRegisteredKey } from '../validation/decorators.js';

export class ContractBalanceTransferred {
  @IsIdentifier() transfer!: string;
  @IsLeafOf('order') toOrder!: string;
  @IsRegisteredKey() legalEntity!: string;
  /** What is moved: positive where the debtor owes it, negative where it is owed to the debtor. */
  @IsSignedMoney() balance!: Money;
  @IsOneOf(['exchange', 'duplicate', 'merge_reverted', 'other']) cause!: string;
  @IsLeafOf('approval') approval!: string;
}

export const contractBalanceTransferred = defineEvent({
  type: 'ContractBalanceTransferred',
  dataClass: ContractBalanceTransferred,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => [data.transfer],
  businessKey: () => null,
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfBalanceTransfer(leaf, data.transfer), {
      connects: [eventName(eventId)],
      subjects: [leaf, data.toOrder],
    }),
  words: {
    discriminators: "the transfer's id",
    businessKey: 'none: a decision stands alone',
    touches: 'both orders',
  },
  effect: {
    posts: { does: 'later', words: 'Dr contract of one order / Cr contract of the other' },
    movesStock: { does: 'never', words: 'only a balance moves' },
  },
  description:
    'The balance of a contract, or a part of it, went over to the contract of another order.',
  checks: ({ leaf, data }) =>
    data.toOrder === leaf ? [{ field: 'data.toOrder', message: 'must be another order' }] : [],
});
