import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsCurrency, IsIdentifier, IsInstant, Optional } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';
import { OrderLine, checkOrderLines } from './order-lines.js';

export class OrderAmendmentConfirmed {
  @IsIdentifier() amendment!: string;
  @IsCurrency() currency!: string;
  /** All lines of the order as they are from here on; a line that is missing is dropped. */
  @IsListOf(() => OrderLine) lines!: OrderLine[];
  /** From when on the lines hold; what was performed before keeps its line and its amounts. */
  @IsInstant() effectiveAt!: string;
  @Optional() @IsIdentifier() orderVersion?: string;
  @Optional() @IsIdentifier() decidedBy?: string;
  @Optional() @IsIdentifier() reason?: string;
}

export const orderAmendmentConfirmed = defineEvent({
  type: 'OrderAmendmentConfirmed',
  dataClass: OrderAmendmentConfirmed,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.amendment],
  businessKey: ({ leaf, data }) => [leaf, data.amendment],
  authority: 'issuer',
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the amendment's id",
    businessKey: 'the order and the amendment',
    touches: 'the order',
  },
  effect: {
    posts: {
      does: 'never',
      words: 'performed units keep their entries; the rest posts when it is performed',
    },
    movesStock: {
      does: 'never',
      words: 'units are reserved and given back through their own events',
    },
  },
  description: 'An order was changed; its lines are told as they are from then on.',
  checks: ({ data }) => checkOrderLines(data.lines, data.currency),
});
