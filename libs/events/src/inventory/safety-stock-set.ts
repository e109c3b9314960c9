import { occurrenceIdText } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName, nodeOf, skuOf } from '../placement.js';
import { homeOfSafetyStock } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import { IsCount, IsIdentifier, IsRegisteredKey, Optional } from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

export class SafetyStockSet {
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsRegisteredKey() uom!: string;
  /** Units that are never promised; zero takes the safety stock away. */
  @IsCount() qty!: number;
  /** Units that a channel does not sell on top of the safety stock. */
  @Optional() @IsCount() threshold?: number;
  /** The version of the policy that set it. */
  @IsIdentifier() policyVersion!: string;
}

export const safetyStockSet = defineEvent({
  type: 'SafetyStockSet',
  dataClass: SafetyStockSet,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: ({ data, version, occurrence }) => [
    data.owner.kind,
    data.owner.id,
    data.uom,
    version ?? data.policyVersion,
    occurrenceIdText(occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: (event) =>
    keys(homeOfSafetyStock(skuOf(event), nodeOf(event)), { connects: [eventName(event.eventId)] }),
  words: {
    discriminators:
      "the owner, the unit of measure, the object's version, else the policy's, and the time it was set",
    businessKey: 'none: a register per owner and unit of measure',
    touches: 'the item at the node',
  },
  effect: {
    posts: { does: 'never', words: 'it moves no value' },
    movesStock: { does: 'yes', words: 'holds units back from what may be promised' },
  },
  description: 'How many units of an item are held back at a node was set.',
});
