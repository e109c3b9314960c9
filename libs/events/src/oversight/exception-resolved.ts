import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ownIdOrTime } from '../discriminators.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class ExceptionResolved {
  @IsIdentifier() rootCause!: string;
  /** What was done about it, as a code. */
  @IsIdentifier() action!: string;
  @Optional() @IsIdentifier() resolution?: string;
}

export const exceptionResolved = defineEvent({
  type: 'ExceptionResolved',
  dataClass: ExceptionResolved,
  schemaVersion: 1,
  categories: ['exception'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [ownIdOrTime(data.resolution, occurrence)],
  businessKey: ({ leaf, data, occurrence }) => [leaf, ownIdOrTime(data.resolution, occurrence)],
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the resolution's id, else the time",
    businessKey: 'the exception and what tells the resolution apart',
    touches: 'the exception and the orders it is about',
  },
  effect: {
    posts: { does: 'never', words: 'it says who acts and books nothing' },
    movesStock: { does: 'never', words: 'it says who acts and moves nothing' },
  },
  description: 'An exception is dealt with.',
});
