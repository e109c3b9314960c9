import { occurrenceIdText } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName, homeOfHappening } from '../placement.js';
import { IsIdentifier, IsPercentage } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export class ScoreInput {
  @IsIdentifier() name!: string;
  @IsIdentifier() value!: string;
}

export class InventoryConfidenceScored {
  /** How far the stock of this item at this node is to be believed. */
  @IsPercentage() scorePercent!: number;
  /** The rule or model that scored it, with its version. */
  @IsIdentifier() model!: string;
  @IsListOf(() => ScoreInput) inputs!: ScoreInput[];
}

export const inventoryConfidenceScored = defineEvent({
  type: 'InventoryConfidenceScored',
  dataClass: InventoryConfidenceScored,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [data.model, occurrenceIdText(occurrence)],
  businessKey: () => null,
  personalData: [],
  keys: ({ eventId, leaf }) =>
    keys(homeOfHappening('stockConfidence', leaf, [eventId]), { connects: [eventName(eventId)] }),
  words: {
    discriminators: 'the model and the time',
    businessKey: 'none: every score stands alone',
    touches: 'the item at the node',
  },
  effect: {
    posts: { does: 'never', words: 'a score moves no value' },
    movesStock: { does: 'never', words: 'a score moves no units' },
  },
  description: 'How far the stock of an item at a node is to be believed was scored.',
});
