import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName } from '../placement.js';
import { homeOfPurchaseOrderLine } from '../stock-placement.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export class ReplenishmentTriggered {
  @IsIdentifier() line!: string;
  @IsIdentifier() sku!: string;
  @IsRegisteredKey() node!: string;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  @IsOneOf(['reorder_point', 'forecast', 'order', 'manual']) trigger!:
    'reorder_point' | 'forecast' | 'order' | 'manual';
  /** The version of the rule or forecast. */
  @Optional() @IsIdentifier() ruleVersion?: string;
  /** The order line the units are bought for, where it is for one. */
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
}

export const replenishmentTriggered = defineEvent({
  type: 'ReplenishmentTriggered',
  dataClass: ReplenishmentTriggered,
  schemaVersion: 1,
  categories: ['purchaseOrder'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.line],
  businessKey: ({ leaf, data }) => [leaf, data.line],
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfPurchaseOrderLine(leaf, data.line), {
      connects: [eventName(eventId)],
      subjects: data.order === undefined ? [] : [data.order],
    }),
  words: {
    discriminators: "the purchase order's line",
    businessKey: 'the purchase order and its line',
    touches: 'the purchase order line, and the order it is bought for',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is bought yet' },
    movesStock: { does: 'never', words: 'what is to come is told by IncomingStockExpected' },
  },
  description: 'Units have to be bought for a node.',
  checks: ({ data }) =>
    (data.order === undefined) === (data.orderLine === undefined)
      ? []
      : [{ field: 'data.order', message: 'order goes with orderLine' }],
});
