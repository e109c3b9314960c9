import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsCount, IsIdentifier } from '../validation/decorators.js';

export class LedgerOpened {
  @IsIdentifier() ledgerId!: string;
  /** The version of the rules for names, ids and canonical bytes this ledger is written by. */
  @IsCount() schemeVersion!: number;
}

export const ledgerOpened = defineEvent({
  type: 'LedgerOpened',
  dataClass: LedgerOpened,
  schemaVersion: 1,
  categories: ['ledger'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: () => [],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'none',
    businessKey: 'none: it is written once',
    touches: 'the ledger',
  },
  effect: {
    posts: { does: 'never', words: 'it opens the book' },
    movesStock: { does: 'never', words: 'it opens the book' },
  },
  description: 'The ledger was opened; always its first event.',
});
