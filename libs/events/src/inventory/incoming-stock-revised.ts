import { defineEvent } from '../event-definition.js';
import { IsCount, IsIdentifier, Optional } from '../validation/decorators.js';
import { IncomingStock, incomingStock } from './incoming-stock.js';

export class IncomingStockRevised extends IncomingStock {
  /** The units that are expected now, received ones among them; zero where nothing comes. */
  @IsCount() qty!: number;
  /** A code of the source, such as supplier_late. */
  @Optional() @IsIdentifier() cause?: string;
}

export const incomingStockRevised = defineEvent({
  type: 'IncomingStockRevised',
  dataClass: IncomingStockRevised,
  ...incomingStock,
  effect: {
    posts: { does: 'never', words: 'goods that are to come have no value here yet' },
    movesStock: { does: 'yes', words: 'sets what is incoming anew' },
  },
  description: 'Other units, or another day, are expected of a purchase order line than before.',
});
