import { defineEvent, type EventParts } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { keysOfNamed } from '../placement.js';
import { ordersOfLines } from '../shared-parts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsLeaf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';
import { checkBalanced, JournalLine } from './journal-line.js';

export class ErpDocumentObserved {
  @IsRegisteredKey() legalEntity!: string;
  @IsIdentifier() documentType!: string;
  @IsRegisteredKey() period!: string;
  @IsDateOrInstant() postingDate!: string;
  @IsListOf(() => JournalLine, 2) lines!: JournalLine[];
  /** What the document is of, where the ERP says so. */
  @Optional() @IsLeaf() reference?: string;
}

export const erpDocumentObserved = defineEvent({
  type: 'ErpDocumentObserved',
  dataClass: ErpDocumentObserved,
  schemaVersion: 1,
  categories: ['posting'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  personalData: [],
  keys: documentKeys,
  words: {
    discriminators: 'none',
    businessKey: 'the document',
    touches: 'the document, and the thing and orders it is of',
  },
  effect: {
    posts: { does: 'never', words: 'it is matched and not posted, where the ERP owns the posting' },
    movesStock: { does: 'never', words: 'an entry moves value, not stock' },
  },
  description: 'The ERP made an entry by itself.',
  checks: checkBalanced,
});

function documentKeys({ leaf, data }: EventParts<ErpDocumentObserved>): EventKeys {
  const named = keysOfNamed(data.reference === undefined ? [] : [data.reference]);
  return keys(leaf, {
    connects: named.connects,
    subjects: [...new Set([...named.subjects, ...ordersOfLines(data.lines)])],
  });
}
