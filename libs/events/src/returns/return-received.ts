import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfQty } from '../measures.js';
import { nameOf } from '../placement.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsQuantity,
  IsRegisteredKey,
  IsStorableText,
  Optional,
} from '../validation/decorators.js';

export class ReturnReceived {
  @IsRegisteredKey() node!: string;
  @IsIdentifier() receipt!: string;
  @IsIdentifier() line!: string;
  @IsIdentifier() sku!: string;
  @IsQuantity() qty!: number;
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
  @Optional() @IsStorableText() condition?: string;
}

export const returnReceived = defineEvent({
  type: 'ReturnReceived',
  dataClass: ReturnReceived,
  schemaVersion: 1,
  categories: ['return'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.node, data.receipt, data.line],
  businessKey: ({ data }) => [data.node, data.receipt, data.line],
  measure: measureOfQty,
  personalData: [],
  keys: ({ leaf, data }) =>
    keys(leaf, {
      connects: [nameOf('return-receipt', [data.node, data.receipt, data.line])],
      subjects: data.order === undefined ? [] : [data.order],
    }),
  words: {
    discriminators: 'the node, the receipt and its line',
    businessKey: 'the node, the receipt and its line',
    touches: 'the return and the order',
  },
  effect: {
    posts: { does: 'never', words: 'stock through StockReceived, money through CreditGranted' },
    movesStock: { does: 'never', words: 'stock comes in through StockReceived' },
  },
  description: 'Goods of an order came back.',
});
