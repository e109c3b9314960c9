import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfUnits } from '../measures.js';
import { personOf } from '../placement.js';
import type { PersonalData } from '../sealed-personal-data.js';
import { ordersOfLines } from '../shared-parts.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  IsStorableText,
  Optional,
} from '../validation/decorators.js';
import { IsListOf, IsPart } from '../validation/nested.js';

export class ReturnedLine {
  @IsLeafOf('order') order!: string;
  @IsIdentifier() orderLine!: string;
  @IsQuantity() qty!: number;
  /** A code of the channel, such as too_small or damaged. */
  @Optional() @IsIdentifier() reason?: string;
}

export class ReturnComment {
  @IsStorableText() text!: string;
}

export class ReturnRequested {
  @IsListOf(() => ReturnedLine, 1) lines!: ReturnedLine[];
  @Optional() @IsIdentifier() channel?: string;
  @Optional() @IsOneOf(['customer', 'agent', 'store', 'marketplace']) requestedBy?:
    'customer' | 'agent' | 'store' | 'marketplace';
  @Optional() @IsPart(() => ReturnComment) comment?: PersonalData<ReturnComment>;
}

export const returnRequested = defineEvent({
  type: 'ReturnRequested',
  dataClass: ReturnRequested,
  schemaVersion: 1,
  categories: ['return'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  measure: measureOfUnits,
  personalData: [{ field: 'comment', subject: ({ leaf }) => personOf(leaf) }],
  keys: ({ leaf, data }) => keys(leaf, { subjects: ordersOfLines(data.lines) }),
  words: {
    discriminators: 'none',
    businessKey: 'the return',
    touches: 'the return and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'money comes through CreditGranted' },
    movesStock: { does: 'never', words: 'stock comes in through StockReceived' },
  },
  description: 'A customer wants to give goods back.',
});
