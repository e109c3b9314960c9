import type { Money } from '#kernel';
import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsStorableText, Optional } from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { occurrenceIdText } from '#kernel';

/** What a cancellation of a whole order gives back, as received. */
export class ReleasedShipping {
  @Optional() @IsMoney() shipping?: Money;
  @Optional() @IsMoney() shippingTax?: Money;
}

export class OrderCancelled {
  @Optional() @IsIdentifier() cancellation?: string;
  @Optional() @IsStorableText() reason?: string;
  @Optional() @IsPart(() => ReleasedShipping) released?: ReleasedShipping;
}

/** A cancellation is told from others by its id, else by the source's time of it, else not at all. */
export function cancellationDiscriminator(event: EventParts<{ cancellation?: string }>): string {
  return event.data.cancellation ?? occurrenceIdText(event.occurrence);
}

/** What is released lies in one currency; that it is the order's is seen where both are known. */
export function checkReleased(released: object | undefined): readonly FieldFault[] {
  const amounts: readonly (Money | undefined)[] = Object.values(released ?? {});
  const currencies = new Set(amounts.flatMap((amount) => (amount ? [amount.currency] : [])));
  if (currencies.size <= 1) return [];
  const named = [...currencies].join(', ');
  return [
    { field: 'data.released', message: `every amount must be in one currency, not ${named}` },
  ];
}

export const orderCancelled = defineEvent({
  type: 'OrderCancelled',
  dataClass: OrderCancelled,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: (event) => [cancellationDiscriminator(event)],
  businessKey: (event) => [event.leaf, cancellationDiscriminator(event)],
  authority: 'issuer',
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the cancellation id, else the source's time of cancellation, else empty",
    businessKey: 'the order and what tells the cancellation apart',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'what is not performed was never booked' },
    movesStock: { does: 'never', words: 'units come free through StockDeallocated' },
  },
  description: 'All units of an order that are not dispatched were cancelled.',
  checks: ({ data }) => checkReleased(data.released),
});
