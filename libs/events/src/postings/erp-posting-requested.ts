import { defineEvent, type EventParts } from '../event-definition.js';
import { type EventKeys, keys } from '../event-keys.js';
import { eventName, keptByHappening, keptByPart, keysOfNamed } from '../placement.js';
import { ordersOfLines } from '../shared-parts.js';
import {
  IsCount,
  IsDateOrInstant,
  IsDigest,
  IsIdentifier,
  IsLeaf,
  IsLeafOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsListOf, IsPart } from '../validation/nested.js';
import { checkBalanced, JournalLine } from './journal-line.js';

/** The event that an entry is of. */
export class PostingSource {
  @IsLeaf() leaf!: string;
  @IsIdentifier() eventId!: string;
  @IsIdentifier() type!: string;
}

export class ErpPostingRequested {
  /** Counts the requests of one posting: one that was rejected is requested again. */
  @IsQuantity() attempt!: number;
  @IsRegisteredKey() legalEntity!: string;
  @IsIdentifier() rule!: string;
  @IsIdentifier() ruleVersion!: string;
  /** SHA-256 of all that the lines were derived from. */
  @IsDigest() basis!: string;
  /** The events of the ledger that had been read for it. */
  @IsCount() sequence!: number;
  /** The id by which the ERP takes the document once, whatever is sent twice. */
  @IsIdentifier() externalId!: string;
  @IsRegisteredKey() period!: string;
  @IsDateOrInstant() postingDate!: string;
  @IsDateOrInstant() documentDate!: string;
  @IsListOf(() => JournalLine, 2) lines!: JournalLine[];
  /** The event that the entry is of; left out where it values a period. */
  @Optional() @IsPart(() => PostingSource) source?: PostingSource;
  /** The period it would have been in, and why it is late. */
  @Optional() @IsRegisteredKey() originalPeriod?: string;
  @Optional() @IsIdentifier() lateFor?: string;
  @Optional() @IsLeafOf('approval') approval?: string;
}

export const erpPostingRequested = defineEvent({
  type: 'ErpPostingRequested',
  dataClass: ErpPostingRequested,
  schemaVersion: 1,
  categories: ['posting'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => [String(data.attempt)],
  businessKey: ({ leaf, data }) => [leaf, String(data.attempt)],
  personalData: [],
  keys: requestKeys,
  words: {
    discriminators: 'the attempt',
    businessKey: 'the posting and the attempt',
    touches: 'the posting, its orders and what its event belongs to',
  },
  effect: {
    posts: { does: 'never', words: 'it issues the entry of its event and makes none of its own' },
    movesStock: { does: 'never', words: 'an entry moves value, not stock' },
  },
  description: 'An entry was issued and the ERP asked to post it.',
  checks: checkBalanced,
});

function requestKeys({ leaf, data }: EventParts<ErpPostingRequested>): EventKeys {
  const { source, lines } = data;
  const named = keysOfNamed(source === undefined ? [] : [source.leaf]);
  const isApart = source !== undefined && (keptByHappening(source.leaf) || keptByPart(source.leaf));
  return keys(leaf, {
    connects: [...named.connects, ...(isApart ? [eventName(source.eventId)] : [])],
    subjects: [...new Set([...named.subjects, ...ordersOfLines(lines)])],
  });
}
