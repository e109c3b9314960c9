import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsListOfOneOf } from '../validation/lists.js';
import { IsIdentifier, IsOneOf, Optional } from '../validation/decorators.js';

export const holdTypes = [
  'fraud',
  'payment',
  'address',
  'inventory',
  'credit',
  'compliance',
  'price',
  'customer_request',
  'other',
] as const;
export type HoldType = (typeof holdTypes)[number];

/** The steps of an order's life that a hold or an exception can block. */
export const blockableSteps = ['allocation', 'release', 'dispatch', 'capture', 'refund'] as const;
export type BlockableStep = (typeof blockableSteps)[number];

export class OrderHoldPlaced {
  /** The hold's own id; a hold placed again has another. */
  @IsIdentifier() holdId!: string;
  @IsOneOf(holdTypes) type!: HoldType;
  /** The steps that wait until it is released. */
  @IsListOfOneOf(blockableSteps) blocks!: BlockableStep[];
  @Optional() @IsIdentifier() reason?: string;
  /** A system, a team or a key of a person; never a name. */
  @Optional() @IsIdentifier() heldBy?: string;
}

export const orderHoldPlaced = defineEvent({
  type: 'OrderHoldPlaced',
  dataClass: OrderHoldPlaced,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.holdId],
  businessKey: ({ leaf, data }) => [leaf, data.holdId],
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the hold's id",
    businessKey: 'the order and the hold',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it performs nothing' },
    movesStock: { does: 'never', words: 'it stops steps and moves nothing itself' },
  },
  description: 'Some steps of an order have to wait.',
});
