import { occurrenceIdText } from '#kernel';
import type { EventDefinition } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsOneOf, IsRegisteredKey, Optional } from '../validation/decorators.js';

/** What is closed by itself: the ledger, the tax return, a subledger such as receivables. */
const accountingBooks = ['ledger', 'tax', 'subledger'] as const;
type AccountingBook = (typeof accountingBooks)[number];

/** A period of one book of a legal entity. */
export class AccountingPeriod {
  @IsRegisteredKey() legalEntity!: string;
  /** The period as its calendar names it, such as `2026-01`. */
  @IsIdentifier() period!: string;
  @IsOneOf(accountingBooks) book!: AccountingBook;
  /** Which subledger, where it is one. */
  @Optional() @IsIdentifier() subledger?: string;
}

/** What is common to whatever opens and closes a period. */
export const accountingPeriod = {
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
  effect: {
    posts: { does: 'never', words: 'it says which period takes entries' },
    movesStock: { does: 'never', words: 'a period is of the books' },
  },
  checks: ({ data }) =>
    (data.book === 'subledger') === (data.subledger !== undefined)
      ? []
      : [{ field: 'data.subledger', message: 'goes with the book subledger, and only with it' }],
} satisfies Omit<
  EventDefinition<string, AccountingPeriod>,
  'type' | 'dataClass' | 'description' | 'words'
>;

/** What tells the reports of a period apart, in words. */
export function periodWords(verb: 'closed' | 'reopened') {
  return {
    discriminators: 'the book, the subledger or empty, the time',
    businessKey: `none: a period may be ${verb} again`,
    touches: 'the period',
  };
}
