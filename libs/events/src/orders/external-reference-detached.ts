import { defineEvent } from '../event-definition.js';
import { ownIdOrTime } from '../discriminators.js';
import { IsIdentifier, IsLeaf, Optional } from '../validation/decorators.js';
import { checkLink, linkKeys } from './external-reference-attached.js';

export class ExternalReferenceDetached {
  /** The thing the reference was tied to; the fact lies on its leaf. */
  @IsLeaf() object!: string;
  @IsIdentifier() referenceType!: string;
  @IsIdentifier() reference!: string;
  @Optional() @IsIdentifier() detachment?: string;
}

export const externalReferenceDetached = defineEvent({
  type: 'ExternalReferenceDetached',
  dataClass: ExternalReferenceDetached,
  schemaVersion: 1,
  categories: ['order', 'payment', 'shipment', 'return'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.referenceType,
    data.reference,
    ownIdOrTime(data.detachment, occurrence),
  ],
  businessKey: ({ data, occurrence }) => [
    ...[data.object, data.reference].sort(),
    ownIdOrTime(data.detachment, occurrence),
  ],
  personalData: [],
  keys: linkKeys,
  words: {
    discriminators: "the reference's type and the reference; the detachment's id, else the time",
    businessKey: 'the unordered pair of object and reference, and what tells the detachment apart',
    touches: 'both things, before and after',
  },
  effect: {
    posts: { does: 'never', words: 'it decides whose contract a payment or dispatch belongs to' },
    movesStock: { does: 'never', words: 'stock is matched by its own stream' },
  },
  description:
    'A thing no longer bears a reference from a time on. A tie that never was right is corrected instead.',
  checks: checkLink,
});
