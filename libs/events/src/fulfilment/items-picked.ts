import { ownIdOrTime } from '../discriminators.js';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfUnits } from '../measures.js';
import type { PersonalData } from '../sealed-personal-data.js';
import { OrderLineUnits, ordersOfLines } from '../shared-parts.js';
import { IsIdentifier, IsStorableText, Optional } from '../validation/decorators.js';
import { IsListOf, IsPart } from '../validation/nested.js';

export class Picker {
  @Optional() @IsStorableText() id?: string;
  @Optional() @IsStorableText() name?: string;
}

export class ItemsPicked {
  @IsListOf(() => OrderLineUnits, 1) lines!: OrderLineUnits[];
  @Optional() @IsIdentifier() picking?: string;
  @Optional() @IsPart(() => Picker) picker?: PersonalData<Picker>;
}

export const itemsPicked = defineEvent({
  type: 'ItemsPicked',
  dataClass: ItemsPicked,
  schemaVersion: 1,
  categories: ['fulfilment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [ownIdOrTime(data.picking, occurrence)],
  businessKey: ({ leaf, data, occurrence }) => [leaf, ownIdOrTime(data.picking, occurrence)],
  measure: measureOfUnits,
  personalData: [{ field: 'picker', subject: ({ leaf }) => JSON.stringify(['picker', leaf]) }],
  keys: ({ leaf, data }) => keys(leaf, { subjects: ordersOfLines(data.lines) }),
  words: {
    discriminators: "the picking's id, else the time",
    businessKey: 'the fulfilment and what tells the picking apart',
    touches: 'the fulfilment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is performed yet' },
    movesStock: { does: 'never', words: 'picked units are on hand until they are issued' },
  },
  description: 'Units were taken from their shelf.',
});
