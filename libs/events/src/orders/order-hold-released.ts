import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { personOf } from '../placement.js';
import type { PersonalData } from '../sealed-personal-data.js';
import { WrittenText } from '../shared-parts.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

export class OrderHoldReleased {
  @IsIdentifier() holdId!: string;
  @Optional() @IsIdentifier() releasedBy?: string;
  @Optional() @IsPart(() => WrittenText) note?: PersonalData<WrittenText>;
}

export const orderHoldReleased = defineEvent({
  type: 'OrderHoldReleased',
  dataClass: OrderHoldReleased,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.holdId],
  businessKey: ({ leaf, data }) => [leaf, data.holdId],
  personalData: [{ field: 'note', subject: ({ leaf }) => personOf(leaf) }],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the hold's id",
    businessKey: 'the order and the hold',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it performs nothing' },
    movesStock: { does: 'never', words: 'it reserves nothing and moves nothing' },
  },
  description: 'A hold no longer stops an order.',
});
