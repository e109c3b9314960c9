import { occurrenceIdText } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { accountingBooks, type AccountingBook } from './period-closed.js';

export class PeriodReopened {
  @IsRegisteredKey() legalEntity!: string;
  /** The period as its calendar names it, such as `2026-01`. */
  @IsIdentifier() period!: string;
  @IsOneOf(accountingBooks) book!: AccountingBook;
  /** Which subledger, where it is one. */
  @Optional() @IsIdentifier() subledger?: string;

  @IsIdentifier() reopenedBy!: string;
  @IsIdentifier() reason!: string;
  @IsLeafOf('approval') approval!: string;
}

export const periodReopened = defineEvent({
  type: 'PeriodReopened',
  dataClass: PeriodReopened,
  schemaVersion: 1,
  categories: ['period'],
  leafFields: ['legalEntity', 'period'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.book,
    data.subledger ?? '',
    occurrenceIdText(occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the book, the subledger or empty, the time',
    businessKey: 'none: a period may be reopened again',
    touches: 'the period',
  },
  effect: {
    posts: { does: 'never', words: 'it says which period takes entries' },
    movesStock: { does: 'never', words: 'a period is of the books' },
  },
  description: 'A closed period takes entries again.',
  checks: ({ data }) =>
    (data.book === 'subledger') === (data.subledger !== undefined)
      ? []
      : [{ field: 'data.subledger', message: 'goes with the book subledger, and only with it' }],
});
