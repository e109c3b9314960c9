import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfQty } from '../measures.js';
import { eventName } from '../placement.js';
import { homeOfPurchaseOrderLine } from '../stock-placement.js';
import { IsUnitAmount } from '../validation/amounts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export class PurchaseOrderIssued {
  @IsIdentifier() line!: string;
  @IsRegisteredKey() supplier!: string;
  @IsRegisteredKey() legalEntity!: string;
  @IsIdentifier() sku!: string;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  @IsUnitAmount() unitCost!: { decimal: string; currency: string };
  /** A supplier who sends to the customer never puts the goods on our stock. */
  @IsOneOf(['node', 'customer']) shipTo!: 'node' | 'customer';
  /** Where the goods are to come, unless they go to the customer. */
  @Optional() @IsRegisteredKey() node?: string;
  @Optional() @IsDateOrInstant() expectedAt?: string;
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
}

export const purchaseOrderIssued = defineEvent({
  type: 'PurchaseOrderIssued',
  dataClass: PurchaseOrderIssued,
  schemaVersion: 1,
  categories: ['purchaseOrder'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: ({ data }) => [data.line],
  businessKey: ({ leaf, data }) => [leaf, data.line],
  measure: measureOfQty,
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
    posts: { does: 'never', words: 'an order to a supplier performs nothing' },
    movesStock: { does: 'never', words: 'what is to come is told by IncomingStockExpected' },
  },
  description: 'Units were ordered from a supplier.',
  checks: checkPurchase,
});

function checkPurchase({ data }: EventParts<PurchaseOrderIssued>): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  if ((data.order === undefined) !== (data.orderLine === undefined)) {
    faults.push({ field: 'data.order', message: 'order goes with orderLine' });
  }
  if (data.shipTo === 'node' && data.node === undefined) {
    faults.push({
      field: 'data.node',
      message: 'must be named where the goods are to come to a node',
    });
  }
  if (data.shipTo === 'customer' && data.order === undefined) {
    faults.push({ field: 'data.order', message: 'must be named where the goods go to a customer' });
  }
  return faults;
}
