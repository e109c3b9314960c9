import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';

export class ShipmentLost {
  @Optional() @IsIdentifier() carrier?: string;
  /** The parcel that is lost; left out where all of them are. */
  @Optional() @IsIdentifier() tracking?: string;
  @Optional() @IsLeafOf('claim') claim?: string;
  @Optional() @IsIdentifier() reason?: string;
}

export const shipmentLost = defineEvent({
  type: 'ShipmentLost',
  dataClass: ShipmentLost,
  schemaVersion: 1,
  categories: ['shipment'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.tracking ?? ''],
  businessKey: ({ leaf, data }) => [leaf, data.tracking ?? ''],
  personalData: [],
  // The claim joins its shipment. Many may name one claim, and are no one shipment for that.
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'the tracking number',
    businessKey: 'the shipment and the parcel',
    touches: 'the shipment and its orders',
  },
  effect: {
    posts: {
      does: 'never',
      words:
        'what is sent again leaves through StockIssued with the cause replacement, which books the loss',
    },
    movesStock: { does: 'never', words: 'the goods have left' },
  },
  description: 'A shipment, or one of its parcels, will not arrive.',
});
