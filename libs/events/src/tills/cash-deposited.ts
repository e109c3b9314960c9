import { leafOf, type Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfAmount } from '../measures.js';
import { eventName } from '../placement.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { checkBusinessDay } from './business-day.js';

export class CashDeposited {
  /** The store, and its business day, which may end after midnight. */
  @IsRegisteredKey() node!: string;
  @IsDateOrInstant() businessDay!: string;
  /** The deposit's own id, such as the number of its bag. */
  @IsIdentifier() deposit!: string;
  @IsMoney() amount!: Money;
  @IsRegisteredKey() legalEntity!: string;
  @Optional() @IsIdentifier() register?: string;
  /** The bank account by the key it is registered under; never its number. */
  @Optional() @IsRegisteredKey() bankAccount?: string;
}

export const cashDeposited = defineEvent({
  type: 'CashDeposited',
  dataClass: CashDeposited,
  schemaVersion: 1,
  categories: ['till'],
  leafFields: ['node', 'businessDay'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.deposit],
  businessKey: ({ data }) => [data.node, data.deposit],
  measure: measureOfAmount,
  personalData: [],
  keys: ({ eventId, data }) =>
    keys(leafOf('cashDeposit', [data.node, data.deposit]), { connects: [eventName(eventId)] }),
  words: {
    discriminators: "the deposit's id",
    businessKey: 'the store and the deposit',
    touches: 'the deposit',
  },
  effect: {
    posts: { does: 'later', words: 'Dr bank / Cr cash' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'Cash of a store was handed in to the bank.',
  checks: checkBusinessDay,
});
