import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class ShipmentVoided {
  /** The label that is void; left out where the whole shipment is. */
  @Optional() @IsIdentifier() tracking?: string;
  @Optional() @IsIdentifier() reason?: string;
}

export const shipmentVoided = defineEvent({
  type: 'ShipmentVoided',
  dataClass: ShipmentVoided,
  schemaVersion: 1,
  categories: ['shipment'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.tracking ?? ''],
  businessKey: ({ leaf, data }) => [leaf, data.tracking ?? ''],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'the tracking number',
    businessKey: 'the shipment and the parcel',
    touches: 'the shipment and its orders',
  },
  effect: {
    posts: {
      does: 'never',
      words: 'a dispatch that did not happen is corrected by EventCorrected',
    },
    movesStock: {
      does: 'never',
      words: 'an issue that did not happen is corrected by EventCorrected',
    },
  },
  description: 'A label or a planned shipment was taken back before anything left.',
});
