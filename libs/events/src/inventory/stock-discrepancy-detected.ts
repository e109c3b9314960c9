import { ownIdOrTime } from '../discriminators.js';
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName, homeOfHappening } from '../placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsAccount,
  IsIdentifier,
  IsOneOf,
  IsRegisteredKey,
  IsSignedCount,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { stockMeasures, type StockMeasure } from './external-stock-snapshot-received.js';

export class StockDiscrepancyDetected {
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsRegisteredKey() uom!: string;
  @IsOneOf(stockMeasures) measure!: StockMeasure;
  /** The units by the facts of this ledger. */
  @IsSignedCount() expected!: number;
  /** The units by the other system's word. */
  @IsSignedCount() reported!: number;
  /** The account whose word it is. */
  @IsAccount() reportedBy!: string;
  /** The snapshot it was found by. */
  @Optional() @IsIdentifier() snapshotEventId?: string;
}

export const stockDiscrepancyDetected = defineEvent({
  type: 'StockDiscrepancyDetected',
  dataClass: StockDiscrepancyDetected,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data, occurrence }) => [
    data.owner.kind,
    data.owner.id,
    data.uom,
    data.measure,
    data.reportedBy,
    ownIdOrTime(data.snapshotEventId, occurrence),
  ],
  businessKey: () => null,
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfHappening('discrepancy', leaf, [eventId]), {
      connects: [
        eventName(eventId),
        ...(data.snapshotEventId === undefined ? [] : [eventName(data.snapshotEventId)]),
      ],
    }),
  words: {
    discriminators:
      'the owner, the unit of measure, the measure, the system and the snapshot, else the time',
    businessKey: 'none: every discrepancy stands alone',
    touches: 'the item at the node',
  },
  effect: {
    posts: { does: 'never', words: 'only what is counted and approved is booked' },
    movesStock: { does: 'never', words: 'it leads to a count; StockAdjusted puts stock right' },
  },
  description: 'What a system says of stock and what the facts add up to differ.',
  checks: ({ data }) =>
    data.expected === data.reported
      ? [{ field: 'data.reported', message: 'must be another number than expected' }]
      : [],
});
