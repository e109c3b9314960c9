import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfUnits } from '../measures.js';
import { personOf } from '../placement.js';
import type { PersonalData } from '../sealed-personal-data.js';
import { OrderLineUnits, ordersOfLines } from '../shared-parts.js';
import {
  IsIdentifier,
  IsOneOf,
  IsRegisteredKey,
  IsStorableText,
  Optional,
} from '../validation/decorators.js';
import { IsListOf, IsPart } from '../validation/nested.js';

export class Collector {
  @Optional() @IsStorableText() name?: string;
  /** The signature as the store keeps it, or where it keeps it. */
  @Optional() @IsStorableText() signature?: string;
  @Optional() @IsStorableText() document?: string;
}

export class PickupCompleted {
  @IsListOf(() => OrderLineUnits, 1) lines!: OrderLineUnits[];
  @Optional() @IsRegisteredKey() node?: string;
  /** Tells one collection from the next where a customer comes for the goods in parts. */
  @Optional() @IsIdentifier() collection?: string;
  /** How it was made sure that the right person has the goods. */
  @Optional() @IsOneOf(['code', 'signature', 'identity_document', 'receipt', 'none']) proof?:
    'code' | 'signature' | 'identity_document' | 'receipt' | 'none';
  @Optional() @IsPart(() => Collector) collectedBy?: PersonalData<Collector>;
}

export const pickupCompleted = defineEvent({
  type: 'PickupCompleted',
  dataClass: PickupCompleted,
  schemaVersion: 1,
  categories: ['pickup'],
  mayBe: ['fact'],
  versioned: true,
  discriminators: ({ data }) => [data.collection ?? ''],
  businessKey: ({ leaf, data }) => [leaf, data.collection ?? ''],
  measure: measureOfUnits,
  personalData: [{ field: 'collectedBy', subject: ({ leaf }) => personOf(leaf) }],
  keys: ({ leaf, data }) => keys(leaf, { subjects: ordersOfLines(data.lines) }),
  words: {
    discriminators: 'the collection, where it has an id',
    businessKey: 'the pickup and the collection',
    touches: 'the pickup and its orders',
  },
  effect: {
    posts: { does: 'yes', words: 'Dr contract, discounts / Cr revenue, tax, as a dispatch does' },
    movesStock: { does: 'never', words: 'stock leaves through StockIssued' },
  },
  description: 'A customer took goods with them: the order is performed for these units.',
});
