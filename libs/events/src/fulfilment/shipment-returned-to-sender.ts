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
  keys: ({ leaf, data }) => keys(leaf, { connects: data.claim === undefined ? [] : [data.claim] }),
  words: {
    discriminators: 'the tracking number',
    businessKey: 'the shipment and the parcel',
    touches: 'the shipment, its orders and the claim',
  },
  effect: {
    posts: { does: 'never', words: 'money comes through CreditGranted' },
    movesStock: { does: 'never', words: 'goods come in through StockReceived' },
  },
  description: 'A carrier brings a shipment, or one of its parcels, back.',
});
