import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { moneyText } from '../measures.js';
import { eventName, homeOfHappening } from '../placement.js';
import { IsMoney } from '../validation/amounts.js';
import { IsDateOrInstant, IsIdentifier, IsRegisteredKey } from '../validation/decorators.js';
import { checkBusinessDay } from './business-day.js';

export class TillOpened {
  /** The store, and its business day, which may end after midnight. */
  @IsRegisteredKey() node!: string;
  @IsDateOrInstant() businessDay!: string;
  @IsIdentifier() register!: string;
  /** The register's own number of the session, such as that of its Z report. */
  @IsIdentifier() session!: string;
  /** The cash that is in the drawer at the start. */
  @IsMoney() float!: Money;
}

export const tillOpened = defineEvent({
  type: 'TillOpened',
  dataClass: TillOpened,
  schemaVersion: 1,
  categories: ['till'],
  leafFields: ['node', 'businessDay'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.register, data.session],
  businessKey: ({ leaf, data }) => [leaf, data.register, data.session],
  measure: ({ data }) => moneyText(data.float),
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfHappening('tillSession', leaf, [data.register, data.session]), {
      connects: [eventName(eventId)],
    }),
  words: {
    discriminators: 'the register and its session',
    businessKey: 'the store, the day, the register and its session',
    touches: 'the session of the register',
  },
  effect: {
    posts: { does: 'never', words: 'the cash was there before' },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A register of a store was opened for sales.',
  checks: checkBusinessDay,
});
