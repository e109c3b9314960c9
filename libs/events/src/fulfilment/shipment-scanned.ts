import { occurrenceIdText } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsStorableText, Optional } from '../validation/decorators.js';

export class ShipmentScanned {
  @IsIdentifier() code!: string;
  @Optional() @IsIdentifier() scanId?: string;
  @Optional() @IsStorableText() place?: string;
  @Optional() @IsIdentifier() carrier?: string;
  @Optional() @IsIdentifier() tracking?: string;
}

export const shipmentScanned = defineEvent({
  type: 'ShipmentScanned',
  dataClass: ShipmentScanned,
  schemaVersion: 1,
  categories: ['shipment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) =>
    data.scanId === undefined
      ? [data.code, occurrenceIdText(occurrence), data.place ?? '']
      : [data.scanId],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the scan's id, else its code, time and place",
    businessKey: 'none: every scan stands alone',
    touches: 'the shipment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'a scan performs nothing' },
    movesStock: { does: 'never', words: 'the goods have left' },
  },
  description: 'A carrier saw a parcel.',
});
