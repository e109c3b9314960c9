import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { homeOfHappening, eventName } from '../placement.js';
import { IsCount, IsDateOrInstant, IsOneOf, IsRegisteredKey } from '../validation/decorators.js';

export class NodeCapacityReported {
  @IsRegisteredKey() node!: string;
  /** The day, or the instant, it is told for. */
  @IsDateOrInstant() asOf!: string;
  @IsOneOf(['orders', 'lines', 'units']) unit!: string;
  @IsCount() capacity!: number;
  @IsCount() used!: number;
}

export const nodeCapacityReported = defineEvent({
  type: 'NodeCapacityReported',
  dataClass: NodeCapacityReported,
  schemaVersion: 1,
  categories: ['location'],
  leafFields: ['node'],
  mayBe: ['fact'],
  versioned: true,
  discriminators: ({ data }) => [data.asOf, data.unit],
  businessKey: () => null,
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfHappening('capacity', leaf, [data.asOf, data.unit]), {
      connects: [eventName(eventId)],
    }),
  words: {
    discriminators: 'what it is told for and the unit',
    businessKey: 'none: a register per time and unit',
    touches: 'the location',
  },
  effect: {
    posts: { does: 'never', words: 'it books nothing' },
    movesStock: { does: 'never', words: 'it says how much work a node can take' },
  },
  description: 'A node says how much it can fulfil, and how much of that is taken.',
});
