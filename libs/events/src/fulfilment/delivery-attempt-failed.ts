import { ownIdOrTime } from '../discriminators.js';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsCount, IsDateOrInstant, IsIdentifier, Optional } from '../validation/decorators.js';

export class DeliveryAttemptFailed {
  @IsIdentifier() code!: string;
  @Optional() @IsIdentifier() carrier?: string;
  @Optional() @IsIdentifier() tracking?: string;
  @Optional() @IsCount() attempt?: number;
  @Optional() @IsDateOrInstant() nextAttemptAt?: string;
}

export const deliveryAttemptFailed = defineEvent({
  type: 'DeliveryAttemptFailed',
  dataClass: DeliveryAttemptFailed,
  schemaVersion: 1,
  categories: ['shipment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.tracking ?? '',
    ownIdOrTime(data.attempt?.toString(), occurrence),
  ],
  businessKey: ({ leaf, data }) =>
    data.attempt === undefined ? null : [leaf, data.tracking ?? '', data.attempt.toString()],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'the tracking number; the attempt, else the time',
    businessKey: 'the shipment, the parcel and the attempt; none where the attempt is not known',
    touches: 'the shipment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing was handed over' },
    movesStock: { does: 'never', words: 'the goods have left' },
  },
  description: 'A carrier could not hand a parcel over.',
});
