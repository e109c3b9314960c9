import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsDateOrInstant, IsOneOf } from '../validation/decorators.js';

export class PickSlaMissed {
  /** When the units had to be picked. */
  @IsDateOrInstant() dueAt!: string;
  @IsOneOf(['inventory', 'labor', 'latency', 'approval']) cause!:
    'inventory' | 'labor' | 'latency' | 'approval';
}

export const pickSlaMissed = defineEvent({
  type: 'PickSlaMissed',
  dataClass: PickSlaMissed,
  schemaVersion: 1,
  categories: ['fulfilment', 'pickup'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.dueAt],
  businessKey: ({ leaf, data }) => [leaf, data.dueAt],
  personalData: [],
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: 'when it was due',
    businessKey: 'the fulfilment or pickup and when it was due',
    touches: 'the fulfilment or pickup and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is performed yet' },
    movesStock: { does: 'never', words: 'it moves no units' },
  },
  description: 'Units were not picked in time, with the cause.',
});
