import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName } from '../placement.js';
import { homeOfCountLine } from '../stock-placement.js';
import { IsCount, IsIdentifier, IsRegisteredKey, Optional } from '../validation/decorators.js';

export class CycleCountStarted {
  @IsIdentifier() line!: string;
  @IsIdentifier() sku!: string;
  @IsRegisteredKey() node!: string;
  /** The last revision of the item's stream at the node that the count is compared with; left out where the item has none yet, or the source knows none. */
  @Optional() @IsCount() snapshotRevision?: number;
  /** The id of the event that told of a discrepancy, where the count looks into one. */
  @Optional() @IsIdentifier() discrepancy?: string;
}

export const cycleCountStarted = defineEvent({
  type: 'CycleCountStarted',
  dataClass: CycleCountStarted,
  schemaVersion: 1,
  categories: ['stockCount'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.line],
  businessKey: ({ leaf, data }) => [leaf, data.line],
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfCountLine(leaf, data.line), {
      connects: [
        eventName(eventId),
        ...(data.discrepancy === undefined ? [] : [eventName(data.discrepancy)]),
      ],
    }),
  words: {
    discriminators: "the count's line",
    businessKey: 'the count and its line',
    touches: 'the count line, and the discrepancy it looks into',
  },
  effect: {
    posts: { does: 'never', words: 'a count values nothing' },
    movesStock: { does: 'never', words: 'only its approved variance leads to StockAdjusted' },
  },
  description: 'A count of an item at a node began.',
});
