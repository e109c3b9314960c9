import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ownIdOrTime } from '../discriminators.js';
import { IsCount, IsIdentifier, Optional } from '../validation/decorators.js';

export class ExceptionEscalated {
  @IsCount() level!: number;
  @IsIdentifier() toTeam!: string;
  @Optional() @IsIdentifier() escalation?: string;
}

export const exceptionEscalated = defineEvent({
  type: 'ExceptionEscalated',
  dataClass: ExceptionEscalated,
  schemaVersion: 1,
  categories: ['exception'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [ownIdOrTime(data.escalation, occurrence)],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the escalation's id, else the time",
    businessKey: 'none: every escalation stands alone',
    touches: 'the exception and the orders it is about',
  },
  effect: {
    posts: { does: 'never', words: 'it says who acts and books nothing' },
    movesStock: { does: 'never', words: 'it says who acts and moves nothing' },
  },
  description: 'An exception went to those above.',
});
