import { occurrenceIdText } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsStorableText,
  Optional,
} from '../validation/decorators.js';

export class PromiseDateSet {
  /** A day, or an instant where the promise is that exact. */
  @IsDateOrInstant() promised!: string;
  /** Left out where the promise is for the whole order. */
  @Optional() @IsIdentifier() line?: string;
  @Optional() @IsStorableText() cause?: string;
}

export const promiseDateSet = defineEvent({
  type: 'PromiseDateSet',
  dataClass: PromiseDateSet,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: ({ data, version, occurrence }) => [
    data.line ?? '',
    version ?? data.promised,
    occurrenceIdText(occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators:
      "the line or empty; the object's version, else the promised date; the time it was set",
    businessKey: 'none: a register per order and line',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'a promise performs nothing' },
    movesStock: { does: 'never', words: 'it reserves nothing' },
  },
  description:
    'A delivery date was promised for an order or one of its lines. A promise that changes is one more of these, with its cause: the history of promises is the list of them.',
});
