import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfAmount } from '../measures.js';
import { eventName, homeOfHappening } from '../placement.js';
import { ordersOfLines } from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsLeafOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { checkBusinessDay } from './business-day.js';

export class PosVoided {
  /** The store, and its business day, which may end after midnight. */
  @IsRegisteredKey() node!: string;
  @IsDateOrInstant() businessDay!: string;
  @IsIdentifier() register!: string;
  /** The register's own id of the void. */
  @IsIdentifier() posVoid!: string;
  @IsMoney() amount!: Money;
  /** The ticket, where it had been told as an order. */
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
  /** A code; never what a person wrote. */
  @Optional() @IsIdentifier() reason?: string;
}

export const posVoided = defineEvent({
  type: 'PosVoided',
  dataClass: PosVoided,
  schemaVersion: 1,
  categories: ['till'],
  leafFields: ['node', 'businessDay'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.register, data.posVoid],
  businessKey: ({ leaf, data }) => [leaf, data.register, data.posVoid],
  measure: measureOfAmount,
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfHappening('posVoid', leaf, [data.register, data.posVoid]), {
      connects: [eventName(eventId)],
      subjects: ordersOfLines([data]),
    }),
  words: {
    discriminators: 'the register and the void',
    businessKey: 'the store, the day, the register and the void',
    touches: 'the void and the ticket',
  },
  effect: {
    posts: {
      does: 'never',
      words: 'what it calls off was not paid; what had been paid goes back through RefundIssued',
    },
    movesStock: { does: 'never', words: 'goods that had left come back through StockReceived' },
  },
  description: 'A ticket, or a line of one, was called off at the register.',
  checks: checkBusinessDay,
});
