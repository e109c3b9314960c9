import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { homeOfHappening, eventName } from '../placement.js';
import { IsListOfIdentifiers } from '../validation/lists.js';
import { IsIdentifier, Optional } from '../validation/decorators.js';

export class IntegrationOutageStarted {
  @IsIdentifier() outage!: string;
  /** The flows that stand still, as the integration names them. */
  @Optional() @IsListOfIdentifiers() flows?: string[];
  @Optional() @IsIdentifier() cause?: string;
}

export const integrationOutageStarted = defineEvent({
  type: 'IntegrationOutageStarted',
  dataClass: IntegrationOutageStarted,
  schemaVersion: 1,
  categories: ['integration'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.outage],
  businessKey: ({ leaf, data }) => [leaf, data.outage],
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfHappening('outage', leaf, [data.outage]), { connects: [eventName(eventId)] }),
  words: {
    discriminators: "the outage's id",
    businessKey: 'the integration and the outage',
    touches: 'the integration',
  },
  effect: {
    posts: { does: 'never', words: 'what was not told in time posts when it is told' },
    movesStock: { does: 'never', words: 'what was not told in time moves when it is told' },
  },
  description: 'A system could no longer be reached, or no longer told what it should.',
});
