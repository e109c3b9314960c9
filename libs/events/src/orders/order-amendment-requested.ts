import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsSignedMoney } from '../validation/amounts.js';
import { IsIdentifier, IsOneOf, IsQuantity, Optional } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

/** One wish; an address is only named as such, since it stands where it is kept sealed. */
export class RequestedChange {
  @IsOneOf(['add_line', 'remove_line', 'quantity', 'price', 'item', 'address', 'delivery', 'other'])
  change!: string;
  @Optional() @IsIdentifier() line?: string;
  @Optional() @IsIdentifier() sku?: string;
  @Optional() @IsQuantity() qty?: number;
}

export class OrderAmendmentRequested {
  @IsIdentifier() amendment!: string;
  @IsListOf(() => RequestedChange, 1) changes!: RequestedChange[];
  /** What the order would cost more, or less where it is negative. */
  @Optional() @IsSignedMoney() priceDelta?: Money;
  @Optional() @IsOneOf(['customer', 'agent', 'system']) requestedBy?:
    'customer' | 'agent' | 'system';
}

export const orderAmendmentRequested = defineEvent({
  type: 'OrderAmendmentRequested',
  dataClass: OrderAmendmentRequested,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.amendment],
  businessKey: ({ leaf, data }) => [leaf, data.amendment],
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the amendment's id",
    businessKey: 'the order and the amendment',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it performs nothing' },
    movesStock: { does: 'never', words: 'it reserves nothing and moves nothing' },
  },
  description: 'Somebody asked that an order be changed; nothing is changed yet.',
});
