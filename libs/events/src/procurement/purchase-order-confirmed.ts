import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfQty } from '../measures.js';
import { eventName } from '../placement.js';
import { homeOfPurchaseOrderLine } from '../stock-placement.js';
import { IsUnitAmount } from '../validation/amounts.js';
import {
  IsCount,
  IsDateOrInstant,
  IsIdentifier,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export class PurchaseOrderConfirmed {
  @IsIdentifier() line!: string;
  @IsIdentifier() confirmation!: string;
  /** The units the supplier promises; zero where it refuses. */
  @IsCount() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** Where the supplier asks for another price. */
  @Optional() @IsUnitAmount() unitCost?: { decimal: string; currency: string };
  @Optional() @IsDateOrInstant() expectedAt?: string;
}

export const purchaseOrderConfirmed = defineEvent({
  type: 'PurchaseOrderConfirmed',
  dataClass: PurchaseOrderConfirmed,
  schemaVersion: 1,
  categories: ['purchaseOrder'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.line, data.confirmation],
  businessKey: ({ leaf, data }) => [leaf, data.line, data.confirmation],
  measure: measureOfQty,
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfPurchaseOrderLine(leaf, data.line), { connects: [eventName(eventId)] }),
  words: {
    discriminators: "the purchase order's line and the confirmation",
    businessKey: 'the purchase order, its line and the confirmation',
    touches: 'the purchase order line, and the order it is bought for',
  },
  effect: {
    posts: { does: 'never', words: 'a promise performs nothing' },
    movesStock: { does: 'never', words: 'what is to come is told by IncomingStockRevised' },
  },
  description: 'A supplier said what it will send and when.',
});
