import { occurrenceIdText } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import {
  IsCount,
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

/** What is closed by itself: the ledger, the tax return, a subledger such as receivables. */
export const accountingBooks = ['ledger', 'tax', 'subledger'] as const;
export type AccountingBook = (typeof accountingBooks)[number];

export class PeriodClosed {
  @IsRegisteredKey() legalEntity!: string;
  /** The period as its calendar names it, such as `2026-01`. */
  @IsIdentifier() period!: string;
  @IsOneOf(accountingBooks) book!: AccountingBook;
  /** Which subledger, where it is one. */
  @Optional() @IsIdentifier() subledger?: string;

  @IsIdentifier() closedBy!: string;
  /** The sequence of the last event that counts in it. */
  @Optional() @IsCount() cutOffSequence?: number;
  @Optional() @IsLeafOf('approval') approval?: string;
}

export const periodClosed = defineEvent({
  type: 'PeriodClosed',
  dataClass: PeriodClosed,
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
    businessKey: 'none: a period may be closed again',
    touches: 'the period',
  },
  effect: {
    posts: { does: 'never', words: 'it says which period takes entries' },
    movesStock: { does: 'never', words: 'a period is of the books' },
  },
  description: 'A period takes no more entries.',
  checks: ({ data }) =>
    (data.book === 'subledger') === (data.subledger !== undefined)
      ? []
      : [{ field: 'data.subledger', message: 'goes with the book subledger, and only with it' }],
});
