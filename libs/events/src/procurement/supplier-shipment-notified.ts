import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfQty } from '../measures.js';
import { eventName } from '../placement.js';
import { homeOfPurchaseOrderLine } from '../stock-placement.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export class SupplierShipmentNotified {
  @IsIdentifier() line!: string;
  /** The supplier's dispatch advice. */
  @IsIdentifier() notice!: string;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  @Optional() @IsDateOrInstant() expectedAt?: string;
  @Optional() @IsIdentifier() carrier?: string;
  @Optional() @IsIdentifier() tracking?: string;
  @Optional() @IsIdentifier() lot?: string;
}

export const supplierShipmentNotified = defineEvent({
  type: 'SupplierShipmentNotified',
  dataClass: SupplierShipmentNotified,
  schemaVersion: 1,
  categories: ['purchaseOrder'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.line, data.notice],
  businessKey: ({ leaf, data }) => [leaf, data.line, data.notice],
  measure: measureOfQty,
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfPurchaseOrderLine(leaf, data.line), { connects: [eventName(eventId)] }),
  words: {
    discriminators: "the purchase order's line and the notice",
    businessKey: 'the purchase order, its line and the notice',
    touches: 'the purchase order line, and the order it is bought for',
  },
  effect: {
    posts: { does: 'never', words: 'goods are booked when they come in' },
    movesStock: {
      does: 'never',
      words: 'what is to come is told by IncomingStockRevised, what came by StockReceived',
    },
  },
  description: 'A supplier said what it has sent.',
});
