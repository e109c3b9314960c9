import { ownIdOrTime } from '../discriminators.js';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName, homeOfHappening } from '../placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsIdentifier,
  IsOneOf,
  IsRegisteredKey,
  IsSignedCount,
  Optional,
} from '../validation/decorators.js';
import { IsListOf, IsPart } from '../validation/nested.js';
import { stockBuckets } from './stock-received.js';

/** What a number of units counts; systems mean different things by one word, so a channel maps each. */
export const stockMeasures = [
  ...stockBuckets,
  'on_hand',
  'reserved',
  'available',
  'incoming',
] as const;
export type StockMeasure = (typeof stockMeasures)[number];

export class MeasuredStock {
  @IsOneOf(stockMeasures) measure!: StockMeasure;
  @IsSignedCount() qty!: number;
}

export class ExternalStockSnapshotReceived {
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsRegisteredKey() uom!: string;
  @IsListOf(() => MeasuredStock, 1) quantities!: MeasuredStock[];
  /** The revision of the stock at its source, where it counts one. */
  @Optional() @IsIdentifier() sourceRevision?: string;
}

export const externalStockSnapshotReceived = defineEvent({
  type: 'ExternalStockSnapshotReceived',
  dataClass: ExternalStockSnapshotReceived,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.owner.kind,
    data.owner.id,
    data.uom,
    ownIdOrTime(data.sourceRevision, occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: ({ eventId, leaf }) =>
    keys(homeOfHappening('stockSnapshot', leaf, [eventId]), { connects: [eventName(eventId)] }),
  words: {
    discriminators: "the owner, the unit of measure and the source's revision, else the time",
    businessKey: 'none: every snapshot stands alone',
    touches: 'the item at the node',
  },
  effect: {
    posts: { does: 'never', words: 'a statement to compare with moves nothing' },
    movesStock: {
      does: 'never',
      words: 'it is compared with the stock and never put in its place',
    },
  },
  description: 'A system said how many units it believes there are.',
  checks: ({ data }) =>
    new Set(data.quantities.map(({ measure }) => measure)).size === data.quantities.length
      ? []
      : [{ field: 'data.quantities', message: 'must hold each measure once at most' }],
});
