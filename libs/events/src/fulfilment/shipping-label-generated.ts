import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsLeafListOf, Optional } from '../validation/decorators.js';
import { parcelNames } from './shipment-dispatched.js';

export class ShippingLabelGenerated {
  @IsIdentifier() carrier!: string;
  @IsIdentifier() tracking!: string;
  @Optional() @IsIdentifier() service?: string;
  /** The orders whose goods the parcel is for. */
  @Optional() @IsLeafListOf('order') orders?: string[];
  /** What the carrier quoted; what it bills counts. */
  @Optional() @IsMoney() cost?: Money;
}

export const shippingLabelGenerated = defineEvent({
  type: 'ShippingLabelGenerated',
  dataClass: ShippingLabelGenerated,
  schemaVersion: 1,
  categories: ['shipment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.tracking],
  businessKey: ({ leaf, data }) => [leaf, data.tracking],
  personalData: [],
  keys: ({ leaf, data }) =>
    keys(leaf, {
      connects: parcelNames(data.orders ?? [], [data.tracking]),
      subjects: [...new Set(data.orders)],
    }),
  words: {
    discriminators: 'the tracking number',
    businessKey: 'the shipment and the tracking number',
    touches: 'the shipment and its orders',
  },
  effect: {
    posts: { does: 'never', words: "a quote is not a bill: the carrier's invoice is booked" },
    movesStock: { does: 'never', words: 'a label moves no units' },
  },
  description: 'A carrier gave a parcel its label and tracking number.',
});
