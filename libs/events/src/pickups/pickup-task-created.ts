import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfUnits } from '../measures.js';
import { OrderLineUnits, ordersOfLines } from '../shared-parts.js';
import { IsDateOrInstant, IsRegisteredKey, Optional } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export class PickupTaskCreated {
  @IsRegisteredKey() node!: string;
  @IsListOf(() => OrderLineUnits, 1) lines!: OrderLineUnits[];
  /** When it has to be ready. */
  @Optional() @IsDateOrInstant() dueAt?: string;
}

export const pickupTaskCreated = defineEvent({
  type: 'PickupTaskCreated',
  dataClass: PickupTaskCreated,
  schemaVersion: 1,
  categories: ['pickup'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: () => [],
  businessKey: ({ leaf }) => [leaf],
  measure: measureOfUnits,
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, { subjects: ordersOfLines(data.lines) }),
  words: {
    discriminators: 'none',
    businessKey: 'the pickup',
    touches: 'the pickup and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is performed yet' },
    movesStock: {
      does: 'never',
      words: 'units are reserved through StockAllocated and leave through StockIssued',
    },
  },
  description: 'A store was asked to get goods ready that a customer comes for.',
});
