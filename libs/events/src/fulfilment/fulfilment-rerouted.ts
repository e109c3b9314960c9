import { occurrenceIdText } from '#kernel';
import { defineEvent, type EventParts } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier, IsLeafOf, IsRegisteredKey, Optional } from '../validation/decorators.js';

export class FulfilmentRerouted {
  /** The place that was asked first. */
  @IsRegisteredKey() from!: string;
  @IsRegisteredKey() to!: string;
  /** A code, such as rejected, short_pick or pick_sla_missed. */
  @IsIdentifier() cause!: string;
  @Optional() @IsIdentifier() reroute?: string;
  /** The fulfilment that goes on with it, where it is another one. */
  @Optional() @IsLeafOf('fulfilment') movedTo?: string;
}

export const fulfilmentRerouted = defineEvent({
  type: 'FulfilmentRerouted',
  dataClass: FulfilmentRerouted,
  schemaVersion: 1,
  categories: ['fulfilment'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: rerouteKey,
  businessKey: (event) => [event.leaf, ...rerouteKey(event)],
  personalData: [],
  // A wave takes over the work of hundreds of others, so that it joins none of them: each names its orders.
  keys: ({ leaf }) => keys(leaf),
  words: {
    discriminators: "the reroute's id, else both places and the time",
    businessKey: 'the fulfilment and what tells the reroute apart',
    touches: 'the fulfilment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is performed yet' },
    movesStock: {
      does: 'never',
      words: 'reservations move through StockDeallocated and StockAllocated',
    },
  },
  description: 'Another place than the one asked first sends the units.',
  checks: ({ leaf, data }) =>
    data.movedTo === leaf ? [{ field: 'data.movedTo', message: 'must be another fulfilment' }] : [],
});

function rerouteKey({ data, occurrence }: EventParts<FulfilmentRerouted>): readonly string[] {
  return data.reroute === undefined
    ? [data.from, data.to, occurrenceIdText(occurrence)]
    : [data.reroute];
}
