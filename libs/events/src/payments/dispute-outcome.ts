import type { EventDefinition } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifierOrEmpty } from '../validation/decorators.js';

/** How a dispute ended. */
export class DisputeOutcome {
  /** The provider's own id of the dispute, empty where the reporter does not know it. */
  @IsIdentifierOrEmpty() dispute!: string;
}

/** What all ends of a dispute have in common. */
export const disputeOutcome = {
  schemaVersion: 1,
  categories: ['payment'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, transaction }) => [data.dispute || (transaction ?? '')],
  businessKey: ({ leaf, data }) => [leaf, data.dispute],
  numberedBy: 'dispute',
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: "the dispute's id, else the reporter's own transaction id",
    businessKey: 'the payment and the dispute',
    touches: 'the payment and its orders',
  },
} satisfies Omit<
  EventDefinition<string, DisputeOutcome>,
  'type' | 'dataClass' | 'description' | 'effect'
>;
