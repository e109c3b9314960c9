import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsInstant } from '../validation/decorators.js';

export class ExceptionSlaBreached {
  /** When it should have been resolved. */
  @IsInstant() dueAt!: string;
}

export const exceptionSlaBreached = defineEvent({
  type: 'ExceptionSlaBreached',
  dataClass: ExceptionSlaBreached,
  schemaVersion: 1,
  categories: ['exception'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.dueAt],
  businessKey: ({ leaf, data }) => [leaf, data.dueAt],
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: 'when it was due',
    businessKey: 'the exception and when it was due',
    touches: 'the exception and the orders it is about',
  },
  effect: {
    posts: { does: 'never', words: 'it says who acts and books nothing' },
    movesStock: { does: 'never', words: 'it says who acts and moves nothing' },
  },
  description: 'An exception was not resolved in time.',
});
