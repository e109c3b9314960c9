import { occurrenceIdText } from '#kernel';
import { defineEvent, type EventParts } from '../event-definition.js';
import { keys, type EventKeys } from '../event-keys.js';
import { eventName } from '../placement.js';
import { homeOfPurchaseOrderLine } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

/** How sure it is that goods come: the supplier has the order, has confirmed it, has sent them. */
export const incomingCertainties = ['ordered', 'confirmed', 'shipped'] as const;
export type IncomingCertainty = (typeof incomingCertainties)[number];

export class IncomingStockExpected {
  @IsLeafOf('purchaseOrder') purchaseOrder!: string;
  @IsIdentifier() purchaseOrderLine!: string;
  @IsPart(() => StockOwner) owner!: StockOwner;
  /** All units of the purchase order line for this node, received ones among them. */
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** Only confirmed and shipped units are counted into what may be promised. */
  @IsOneOf(incomingCertainties) certainty!: IncomingCertainty;
  @Optional() @IsDateOrInstant() expectedAt?: string;
}

export const incomingStockExpected = defineEvent({
  type: 'IncomingStockExpected',
  dataClass: IncomingStockExpected,
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
    movesStock: { does: 'yes', words: 'adds to what is incoming, which is never on hand' },
  },
  description: 'Units of a purchase order line are expected at a node.',
});

/** Kept with its purchase order line, which the receipts of the goods are tied to as well. */
export function incomingKeys({
  eventId,
  data,
}: EventParts<{ purchaseOrder: string; purchaseOrderLine: string }> & {
  readonly eventId: string;
}): EventKeys {
  return keys(homeOfPurchaseOrderLine(data.purchaseOrder, data.purchaseOrderLine), {
    connects: [eventName(eventId)],
  });
}
