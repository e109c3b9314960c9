import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ownIdOrTime } from '../discriminators.js';
import { personOf } from '../placement.js';
import type { PersonalData } from '../sealed-personal-data.js';
import { WrittenText } from '../shared-parts.js';
import { IsIdentifier, IsOneOf, Optional } from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { contactMedia, type ContactMedium } from './customer-notified.js';

export const contactReasons = [
  'where_is_my_order',
  'delivery_problem',
  'damaged',
  'missing_item',
  'wrong_item',
  'return',
  'refund',
  'cancellation',
  'change',
  'payment',
  'product',
  'complaint',
  'other',
] as const;
export type ContactReason = (typeof contactReasons)[number];

export class CustomerContactReceived {
  @IsOneOf(contactReasons) reason!: ContactReason;
  @IsOneOf(contactMedia) medium!: ContactMedium;
  /** The case it belongs to, in the system of the service desk. */
  @Optional() @IsIdentifier() caseId?: string;
  @Optional() @IsIdentifier() contactId?: string;
  @Optional() @IsPart(() => WrittenText) message?: PersonalData<WrittenText>;
}

export const customerContactReceived = defineEvent({
  type: 'CustomerContactReceived',
  dataClass: CustomerContactReceived,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.caseId ?? '',
    ownIdOrTime(data.contactId, occurrence),
  ],
  businessKey: () => null,
  personalData: [{ field: 'message', subject: ({ leaf }) => personOf(leaf) }],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the case or empty; the contact's id, else the time",
    businessKey: 'none: every contact stands alone',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it performs nothing' },
    movesStock: { does: 'never', words: 'it reserves nothing and moves nothing' },
  },
  description: 'The customer of an order got in touch; what was written is sealed.',
});
