import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfUnits } from '../measures.js';
import { personOf } from '../placement.js';
import type { PersonalData } from '../sealed-personal-data.js';
import {
  IsCount,
  IsIdentifier,
  IsLeafOf,
  IsQuantity,
  IsStorableText,
  Optional,
} from '../validation/decorators.js';
import { IsListOf, IsPart } from '../validation/nested.js';

export class DeliveredLine {
  /** Needed where the shipment carries lines of several orders. */
  @Optional() @IsLeafOf('order') order?: string;
  @IsIdentifier() orderLine!: string;
  @IsQuantity() qty!: number;
}

export class Signature {
  @IsStorableText() name!: string;
}

export class ShipmentDelivered {
  @Optional() @IsIdentifier() carrier?: string;
  @Optional() @IsIdentifier() tracking?: string;
  @Optional() @IsIdentifier() parcel?: string;
  @Optional() @IsCount() attempt?: number;
  @Optional() @IsListOf(() => DeliveredLine) lines?: DeliveredLine[];
  @Optional() @IsPart(() => Signature) signedBy?: PersonalData<Signature>;
}

export const shipmentDelivered = defineEvent({
  type: 'ShipmentDelivered',
  dataClass: ShipmentDelivered,
  schemaVersion: 1,
  categories: ['shipment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [
    data.tracking ?? data.parcel ?? '',
    data.attempt === undefined ? '' : String(data.attempt),
  ],
  businessKey: ({ leaf, data }) => [leaf, data.tracking ?? data.parcel ?? '', 'delivered'],
  measure: measureOfUnits,
  personalData: [{ field: 'signedBy', subject: ({ leaf }) => personOf(leaf) }],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'the tracking number or parcel; the attempt',
    businessKey: 'the shipment and the parcel',
    touches: 'the shipment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'revenue is recognised at dispatch' },
    movesStock: { does: 'never', words: 'the goods have left' },
  },
  description: 'A shipment, or one of its parcels, reached its recipient.',
});
