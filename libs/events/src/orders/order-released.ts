import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ownIdOrTime } from '../discriminators.js';
import { IsIdentifier, IsQuantity, Optional } from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

/** Units of a line of the order that the event lies on. */
export class LineUnits {
  @IsIdentifier() line!: string;
  @IsQuantity() qty!: number;
}

export class OrderReleased {
  /** The system that fulfils it from here on. */
  @IsIdentifier() target!: string;
  @Optional() @IsIdentifier() release?: string;
  /** Left out where all lines were released. */
  @Optional() @IsListOf(() => LineUnits, 1) lines?: LineUnits[];
}

export const orderReleased = defineEvent({
  type: 'OrderReleased',
  dataClass: OrderReleased,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [data.target, ownIdOrTime(data.release, occurrence)],
  businessKey: ({ leaf, data }) =>
    data.release === undefined ? null : [leaf, data.target, data.release],
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: {
    discriminators: "the target; the release's id, else the time",
    businessKey: 'the order, the target and the release; none where the release has no id',
    touches: 'the order',
  },
  effect: {
    posts: { does: 'never', words: 'it performs nothing' },
    movesStock: { does: 'never', words: 'units are reserved through StockAllocated' },
  },
  description: 'An order, or some of its lines, may be fulfilled.',
});
