import { occurrenceIdText } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDateOrInstant, IsIdentifier, Optional } from '../validation/decorators.js';

export class DeliveryDelayed {
  /** The day or instant it is expected now. */
  @IsDateOrInstant() expectedAt!: string;
  @Optional() @IsIdentifier() code?: string;
  @Optional() @IsIdentifier() carrier?: string;
  @Optional() @IsIdentifier() tracking?: string;
}

export const deliveryDelayed = defineEvent({
  type: 'DeliveryDelayed',
  dataClass: DeliveryDelayed,
  schemaVersion: 1,
  categories: ['shipment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.tracking ?? '',
    data.expectedAt,
    occurrenceIdText(occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'the tracking number, the day it is expected and the time it was said',
    businessKey: 'none: a register per shipment and parcel',
    touches: 'the shipment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing was handed over' },
    movesStock: { does: 'never', words: 'the goods have left' },
  },
  description: 'A carrier expects to deliver on another day than before.',
});
