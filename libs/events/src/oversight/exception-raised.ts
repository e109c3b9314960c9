import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { namesOfThings } from '../placement.js';
import { IsListOfOneOf, IsListOfIdentifiers, IsListOfLeaves } from '../validation/lists.js';
import { IsIdentifier, IsInstant, IsOneOf, Optional } from '../validation/decorators.js';
import { blockableSteps, type BlockableStep } from '../orders/order-hold-placed.js';

export class ExceptionRaised {
  /** What kind of exception it is, as its source names it. */
  @IsIdentifier() type!: string;
  @IsOneOf(['low', 'medium', 'high', 'critical']) severity!: string;
  @IsIdentifier() ownerTeam!: string;
  /** The orders, payments, shipments and other things it is about. */
  @IsListOfLeaves() about!: string[];
  @Optional() @IsInstant() dueAt?: string;
  @Optional() @IsListOfOneOf(blockableSteps) blocks?: BlockableStep[];
  /** The ids of the events that show it. */
  @Optional() @IsListOfIdentifiers() evidence?: string[];
}

export const exceptionRaised = defineEvent({
  type: 'ExceptionRaised',
  dataClass: ExceptionRaised,
  schemaVersion: 1,
  categories: ['exception'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, namesOfThings(data.about)),
  words: {
    discriminators: 'none',
    businessKey: 'the exception',
    touches: 'the exception and the orders it is about',
  },
  effect: {
    posts: { does: 'never', words: 'it says who acts and books nothing' },
    movesStock: { does: 'never', words: 'it says who acts and moves nothing' },
  },
  description: 'Something is not as it should be, and a team has to act.',
});
