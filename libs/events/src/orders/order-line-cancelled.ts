import type { Money } from '#kernel';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfQty } from '../measures.js';
import { IsMoney } from '../validation/amounts.js';
import { IsIdentifier, IsQuantity, IsStorableText, Optional } from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { cancellationDiscriminator, checkReleased } from './order-cancelled.js';

/** What the cancelled units were worth, as received; an amount left out releases nothing. */
export class ReleasedAmounts {
  @Optional() @IsMoney() goods?: Money;
  @Optional() @IsMoney() discount?: Money;
  @Optional() @IsMoney() tax?: Money;
  @Optional() @IsMoney() shipping?: Money;
  @Optional() @IsMoney() shippingTax?: Money;
}

export class OrderLineCancelled {
  @IsIdentifier() line!: string;
  @IsQuantity() qty!: number;
  @Optional() @IsIdentifier() cancellation?: string;
  @Optional() @IsStorableText() reason?: string;
  /** Left out where the source does not say: then the units' share of each amount is released. */
  @Optional() @IsPart(() => ReleasedAmounts) released?: ReleasedAmounts;
}

export const orderLineCancelled = defineEvent({
  type: 'OrderLineCancelled',
  dataClass: OrderLineCancelled,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: (event) => [event.data.line, cancellationDiscriminator(event)],
  businessKey: (event) => [event.leaf, event.data.line, cancellationDiscriminator(event)],
  measure: measureOfQty,
  authority: 'issuer',
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators:
      "the line; the cancellation id, else the source's time of cancellation, else empty",
    businessKey: 'the order, the line and what tells the cancellation apart',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'what is not performed was never booked' },
    movesStock: { does: 'never', words: 'units come free through StockDeallocated' },
  },
  description: 'Some units of an order line were cancelled.',
  checks: ({ data }) => checkReleased(data.released),
});
