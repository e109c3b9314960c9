import { occurrenceIdText } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsCount,
  IsDateOrInstant,
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import {
  incomingKeys,
  incomingCertainties,
  type IncomingCertainty,
} from './incoming-stock-expected.js';

export class IncomingStockRevised {
  @IsLeafOf('purchaseOrder') purchaseOrder!: string;
  @IsIdentifier() purchaseOrderLine!: string;
  @IsPart(() => StockOwner) owner!: StockOwner;
  /** The units that are expected now, received ones among them; zero where nothing comes. */
  @IsCount() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** Only confirmed and shipped units are counted into what may be promised. */
  @IsOneOf(incomingCertainties) certainty!: IncomingCertainty;
  @Optional() @IsDateOrInstant() expectedAt?: string;
  /** A code of the source, such as supplier_late. */
  @Optional() @IsIdentifier() cause?: string;
}

export const incomingStockRevised = defineEvent({
  type: 'IncomingStockRevised',
  dataClass: IncomingStockRevised,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: ({ data, version, occurrence }) => [
    data.purchaseOrder,
    data.purchaseOrderLine,
    version ?? '',
    occurrenceIdText(occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: incomingKeys,
  words: {
    discriminators: "the purchase order's line, the object's version and the time it was said",
    businessKey: 'none: a register per purchase order line',
    touches: 'the item at the node and the purchase order line',
  },
  effect: {
    posts: { does: 'never', words: 'goods that are to come have no value here yet' },
    movesStock: { does: 'yes', words: 'sets what is incoming anew' },
  },
  description: 'Other units, or another day, are expected of a purchase order line than before.',
});
