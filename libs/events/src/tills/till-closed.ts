import type { Money } from '#kernel';
import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { moneyText } from '../measures.js';
import { eventName, homeOfHappening } from '../placement.js';
import { type Tender, tenders } from '../shared-parts.js';
import { IsSignedMoney } from '../validation/amounts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsOneOf,
  IsRegisteredKey,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';
import { checkBusinessDay } from './business-day.js';

/** What a register should hold of a tender, and what was counted. */
export class TenderCount {
  @IsOneOf(tenders) tender!: Tender;
  /** By the register's own sums; both are below zero where more went back than came in. */
  @IsSignedMoney() expected!: Money;
  @IsSignedMoney() counted!: Money;
}

export class TillClosed {
  /** The store, and its business day, which may end after midnight. */
  @IsRegisteredKey() node!: string;
  @IsDateOrInstant() businessDay!: string;
  @IsIdentifier() register!: string;
  /** The register's own number of the session, such as that of its Z report. */
  @IsIdentifier() session!: string;
  @IsRegisteredKey() legalEntity!: string;
  @IsListOf(() => TenderCount, 1) counts!: TenderCount[];
}

export const tillClosed = defineEvent({
  type: 'TillClosed',
  dataClass: TillClosed,
  schemaVersion: 1,
  categories: ['till'],
  leafFields: ['node', 'businessDay'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.register, data.session],
  businessKey: ({ leaf, data }) => [leaf, data.register, data.session],
  measure: ({ data: { counts } }) =>
    counts
      .map(({ tender, expected, counted }) =>
        [tender, moneyText(expected), moneyText(counted)].join(' '),
      )
      .sort()
      .join(),
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
    posts: {
      does: 'later',
      words:
        'Dr or Cr cash over and short / Cr or Dr cash, by what is counted against what is expected',
    },
    movesStock: { does: 'never', words: 'only money moves' },
  },
  description: 'A register of a store was closed and counted.',
  checks: checkTillClosed,
});

function checkTillClosed(event: EventParts<TillClosed>): readonly FieldFault[] {
  const { counts } = event.data;
  const names = counts.map(({ tender, counted }) => `${tender} ${counted.currency}`);
  if (new Set(names).size !== names.length) {
    return [{ field: 'data.counts', message: 'a tender is there twice in one currency' }];
  }
  return counts.every(({ expected, counted }) => expected.currency === counted.currency)
    ? checkBusinessDay(event)
    : [{ field: 'data.counts', message: 'expected and counted must be in one currency' }];
}
