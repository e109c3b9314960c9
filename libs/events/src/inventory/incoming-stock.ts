import { occurrenceIdText } from '#kernel';
import type { EventDefinition } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName } from '../placement.js';
import { homeOfPurchaseOrderLine } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

/** How sure it is that goods come: the supplier has the order, has confirmed it, has sent them. */
const incomingCertainties = ['ordered', 'confirmed', 'shipped'] as const;
export type IncomingCertainty = (typeof incomingCertainties)[number];

/** Units of a purchase order line that are to come to a node. */
export class IncomingStock {
  @IsLeafOf('purchaseOrder') purchaseOrder!: string;
  @IsIdentifier() purchaseOrderLine!: string;
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsRegisteredKey() uom!: string;
  /** Only confirmed and shipped units are counted into what may be promised. */
  @IsOneOf(incomingCertainties) certainty!: IncomingCertainty;
  @Optional() @IsDateOrInstant() expectedAt?: string;
}

/**
 * What is common to whatever is said of goods to come. They are kept with their purchase order line,
 * which the receipts of the goods are tied to as well.
 */
export const incomingStock = {
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
  keys: ({ eventId, data }) =>
    keys(homeOfPurchaseOrderLine(data.purchaseOrder, data.purchaseOrderLine), {
      connects: [eventName(eventId)],
    }),
  words: {
    discriminators: "the purchase order's line, the object's version and the time it was said",
    businessKey: 'none: a register per purchase order line',
    touches: 'the item at the node and the purchase order line',
  },
} satisfies Omit<
  EventDefinition<string, IncomingStock>,
  'type' | 'dataClass' | 'description' | 'effect'
>;
