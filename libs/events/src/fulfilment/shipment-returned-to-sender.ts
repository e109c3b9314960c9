import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';

export class ShipmentReturnedToSender {
  @Optional() @IsIdentifier() carrier?: string;
  @Optional() @IsIdentifier() tracking?: string;
  @Optional() @IsLeafOf('claim') claim?: string;
  @Optional() @IsIdentifier() reason?: string;
}

export const shipmentReturnedToSender = defineEvent({
  type: 'ShipmentReturnedToSender',
  dataClass: ShipmentReturnedToSender,
  schemaVersion: 1,
  categories: ['shipment'],
  mayBe: ['fact'],
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
    posts: { does: 'never', words: 'money comes through CreditGranted' },
    movesStock: { does: 'never', words: 'goods come in through StockReceived' },
  },
  description: 'A carrier brings a shipment, or one of its parcels, back.',
});
