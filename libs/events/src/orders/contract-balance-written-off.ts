import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsSignedMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafOf, IsOneOf, IsRegisteredKey } from '../validation/decorators.js';

export class ContractBalanceWrittenOff {
  @IsIdentifier() writeOff!: string;
  @IsRegisteredKey() legalEntity!: string;
  /** Positive where the debtor owed it and will not pay, negative where nobody will claim it. */
  @IsSignedMoney() balance!: Money;
  @IsOneOf(['bad_debt', 'small_balance', 'goodwill', 'unclaimed', 'other']) reason!: string;
  @IsLeafOf('approval') approval!: string;
}

export const contractBalanceWrittenOff = defineEvent({
  type: 'ContractBalanceWrittenOff',
  dataClass: ContractBalanceWrittenOff,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => [data.writeOff],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the write-off's id",
    businessKey: 'none: a decision stands alone',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'later', words: 'Dr bad debt / Cr contract, or the reverse' },
    movesStock: { does: 'never', words: 'only a balance moves' },
  },
  description: 'What is left on a contract is given up.',
});
