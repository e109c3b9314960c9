import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsOneOf, IsQuantity, Optional } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export class AcknowledgedLine {
  @IsIdentifier() line!: string;
  @IsOneOf(['accepted', 'changed', 'backordered', 'rejected']) verdict!: string;
  @Optional() @IsQuantity() qty?: number;
}

export class OrderAcknowledgedByErp {
  /** The document's number in the ERP. */
  @IsIdentifier() erpDocument!: string;
  /** What the ERP said of each line; left out where it took the order as it is. */
  @Optional() @IsListOf(() => AcknowledgedLine) lines?: AcknowledgedLine[];
}

export const orderAcknowledgedByErp = defineEvent({
  type: 'OrderAcknowledgedByErp',
  dataClass: OrderAcknowledgedByErp,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.erpDocument],
  businessKey: ({ leaf, data }) => [leaf, data.erpDocument],
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the document's number in the ERP",
    businessKey: 'the order and the document',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it performs nothing' },
    movesStock: { does: 'never', words: 'it reserves nothing and moves nothing' },
  },
  description: 'The ERP took an order over under a number of its own.',
});
