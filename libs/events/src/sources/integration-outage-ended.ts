import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { homeOfHappening, eventName } from '../placement.js';
import { IsCount, IsIdentifier, Optional } from '../validation/decorators.js';

export class IntegrationOutageEnded {
  @IsIdentifier() outage!: string;
  /** How many messages had waited. */
  @Optional() @IsCount() backlog?: number;
}

export const integrationOutageEnded = defineEvent({
  type: 'IntegrationOutageEnded',
  dataClass: IntegrationOutageEnded,
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
  description: 'A system tells again what it should.',
});
