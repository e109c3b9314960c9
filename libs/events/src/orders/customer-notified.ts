import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ownIdOrTime } from '../discriminators.js';
import { IsIdentifier, IsOneOf, Optional } from '../validation/decorators.js';

/** The ways in which retailer and customer reach each other. */
export const contactMedia = [
  'email',
  'phone',
  'text_message',
  'push',
  'chat',
  'letter',
  'in_person',
  'other',
] as const;
export type ContactMedium = (typeof contactMedia)[number];

export class CustomerNotified {
  /** The text that was sent, as its system names it; never the text itself. */
  @IsIdentifier() template!: string;
  @IsOneOf(contactMedia) medium!: ContactMedium;
  @Optional() @IsIdentifier() notification?: string;
  /** The id of the event it told of. */
  @Optional() @IsIdentifier() aboutEvent?: string;
}

export const customerNotified = defineEvent({
  type: 'CustomerNotified',
  dataClass: CustomerNotified,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.template,
    ownIdOrTime(data.notification, occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the template; the notification's id, else the time",
    businessKey: 'none: every notification stands alone',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it performs nothing' },
    movesStock: { does: 'never', words: 'it reserves nothing and moves nothing' },
  },
  description: 'The customer was told something of an order.',
});
