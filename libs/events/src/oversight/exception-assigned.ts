import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ownIdOrTime } from '../discriminators.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class ExceptionAssigned {
  /** A team, or a key of a person; never a name. */
  @IsIdentifier() assignee!: string;
  @Optional() @IsIdentifier() assignment?: string;
}

export const exceptionAssigned = defineEvent({
  type: 'ExceptionAssigned',
  dataClass: ExceptionAssigned,
  schemaVersion: 1,
  categories: ['exception'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [ownIdOrTime(data.assignment, occurrence)],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the assignment's id, else the time",
    businessKey: 'none: every assignment stands alone',
    touches: 'the exception and the orders it is about',
  },
  effect: {
    posts: { does: 'never', words: 'it says who acts and books nothing' },
    movesStock: { does: 'never', words: 'it says who acts and moves nothing' },
  },
  description: 'An exception was given to somebody.',
});
