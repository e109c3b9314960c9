import type { Money } from '#kernel';
import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys, type EventKeys } from '../event-keys.js';
import { measureOfStock } from '../measures.js';
import { eventName, homeOfItem, nodeOf, skuOf } from '../placement.js';
import { homeOfTransferLine, homeOfWriteOff } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { stockBuckets } from './stock-received.js';

/** Units that were sent to a node and never came are written off too, although no bucket held them. */
export const writeOffBuckets = [...stockBuckets, 'in_transit'] as const;
export type WriteOffBucket = (typeof writeOffBuckets)[number];

export class StockWrittenOff {
  @IsPart(() => StockOwner) owner!: StockOwner;
  /** Where the units were; in_transit is what was sent to this node and never came. */
  @IsOneOf(writeOffBuckets) bucket!: WriteOffBucket;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** The write-off's own id at the node. */
  @IsIdentifier() writeOff!: string;
  @IsIdentifier() line!: string;
  /** A code, such as destroyed, expired or lost_in_transit. */
  @IsIdentifier() reason!: string;
  /** What the source says the units cost; the ledger values them by the item's cost. */
  @Optional() @IsMoney() cost?: Money;
  /** The transfer that lost them; transferLine goes with it. */
  @Optional() @IsLeafOf('transfer') transfer?: string;
  @Optional() @IsIdentifier() transferLine?: string;
  @Optional() @IsLeafOf('approval') approval?: string;
  @Optional() @IsIdentifier() lot?: string;
}

export const stockWrittenOff = defineEvent({
  type: 'StockWrittenOff',
  dataClass: StockWrittenOff,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['fact', 'decision'],
  versioned: false,
  discriminators: ({ data }) => [data.writeOff, data.line],
  businessKey: (event) => [nodeOf(event), event.data.writeOff, event.data.line],
  measure: measureOfStock,
  personalData: [],
  keys: writeOffKeys,
  words: {
    discriminators: 'the write-off and its line',
    businessKey: 'the node, the write-off and its line',
    touches: 'the item at the node',
  },
  effect: {
    posts: {
      does: 'later',
      words: 'Dr write-off or transfer loss / Cr inventory or goods in transit',
    },
    movesStock: {
      does: 'yes',
      words: 'takes from its bucket, or from what is under way to the node',
    },
  },
  description: 'Units are gone for good.',
  checks: checkWriteOff,
});

function writeOffKeys(
  event: EventParts<StockWrittenOff> & { readonly eventId: string },
): EventKeys {
  const { eventId, data } = event;
  const connects = [eventName(eventId)];
  if (data.transfer !== undefined && data.transferLine !== undefined) {
    connects.push(homeOfTransferLine(data.transfer, data.transferLine));
  }
  return keys(homeOfWriteOff(nodeOf(event), data.writeOff, data.line), {
    connects,
    reads: [homeOfItem(data.owner.id, skuOf(event))],
  });
}

function checkWriteOff({ data }: EventParts<StockWrittenOff>): readonly FieldFault[] {
  if ((data.transfer === undefined) !== (data.transferLine === undefined)) {
    return [{ field: 'data.transfer', message: 'transfer goes with transferLine' }];
  }
  return (data.bucket === 'in_transit') === (data.transfer !== undefined)
    ? []
    : [
        {
          field: 'data.transfer',
          message: 'must be named where the bucket is in_transit, and only there',
        },
      ];
}
