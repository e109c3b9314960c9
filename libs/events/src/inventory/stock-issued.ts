import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfStock } from '../measures.js';
import {
  allocationName,
  eventName,
  homeOfIssue,
  homeOfItem,
  nodeOf,
  orderLineName,
  skuOf,
} from '../placement.js';
import { homeOfTransferLine } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsCount,
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';
import { checkTransferOf, type StockBucket, stockBuckets } from './stock-received.js';

/** A replacement sends the goods of a sale again; consumption is use by the retailer itself. */
export const issueCauses = [
  'sale',
  'replacement',
  'transfer',
  'vendor_return',
  'consumption',
] as const;
export type IssueCause = (typeof issueCauses)[number];

export class StockIssued {
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  @IsOneOf(issueCauses) cause!: IssueCause;
  /** What the units left with: a shipment, a pickup, a till's sale, a document of the node. */
  @IsIdentifier() shipment!: string;
  @IsIdentifier() line!: string;
  /** Zero unless a kit is exploded into its components. */
  @IsCount() component!: number;
  /** The allocation these units come from; `allocationLine` goes with it. */
  @Optional() @IsIdentifier() allocation?: string;
  @Optional() @IsIdentifier() allocationLine?: string;
  /** The order line as the allocation names it, where the allocation is not known. */
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
  /** Where the units lay; sellable unless it is named. */
  @Optional() @IsOneOf(stockBuckets) bucket?: StockBucket;
  /** The transfer the units left by; `transferLine` and `destination` go with it. */
  @Optional() @IsLeafOf('transfer') transfer?: string;
  @Optional() @IsIdentifier() transferLine?: string;
  /** The node a transfer goes to: until they come in there, the units are under way to it. */
  @Optional() @IsRegisteredKey() destination?: string;
  /** What the supplier or the node calls the return to the supplier. */
  @Optional() @IsIdentifier() vendorReturn?: string;
  @Optional() @IsIdentifier() lot?: string;
}

export const stockIssued = defineEvent({
  type: 'StockIssued',
  dataClass: StockIssued,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: issueKey,
  businessKey: issueKey,
  measure: measureOfStock,
  personalData: [],
  keys: (event) => {
    const { eventId, leaf, data } = event;
    const connects = [eventName(eventId)];
    if (data.allocation !== undefined) {
      connects.push(allocationName(leaf, data.allocation, data.allocationLine ?? ''));
    }
    if (data.order !== undefined && data.orderLine !== undefined) {
      connects.push(orderLineName(leaf, data.order, data.orderLine));
    }
    if (data.transfer !== undefined && data.transferLine !== undefined) {
      connects.push(homeOfTransferLine(data.transfer, data.transferLine));
    }
    return keys(homeOfIssue(nodeOf(event), data.shipment, data.line, data.component), {
      connects,
      subjects: data.order === undefined ? [] : [data.order],
      reads: [homeOfItem(data.owner.id, skuOf(event))],
    });
  },
  words: {
    discriminators: 'the node, the shipment, its line and the component',
    businessKey: 'the node, the shipment, its line and the component',
    touches: 'the item at the node and the order',
  },
  effect: {
    posts: {
      does: 'yes',
      words:
        'sale: Dr cost of goods sold / Cr inventory; later, replacement: Dr loss in transit, transfer: Dr goods in transit, return to the supplier: Dr goods received not invoiced, consumption: Dr consumption, each / Cr inventory',
    },
    movesStock: {
      does: 'yes',
      words: 'takes from its bucket; a transfer adds to what is under way as well',
    },
  },
  description:
    'Units left a node: for a customer, for another node, back to a supplier, or for own use.',
  checks: checkIssue,
});

function checkIssue({ data }: EventParts<StockIssued>): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  if (
    (data.allocation === undefined) !== (data.allocationLine === undefined) ||
    (data.order === undefined) !== (data.orderLine === undefined)
  ) {
    faults.push({
      field: 'data.allocation',
      message: 'allocation goes with allocationLine, and order with orderLine',
    });
  }
  if (data.cause === 'transfer' && data.destination === undefined) {
    faults.push({
      field: 'data.destination',
      message: 'must be named where the cause is transfer',
    });
  }
  if (data.vendorReturn !== undefined && data.cause !== 'vendor_return') {
    faults.push({
      field: 'data.vendorReturn',
      message: 'must be left out unless the cause is vendor_return',
    });
  }
  return [...faults, ...checkTransferOf(data)];
}

function issueKey(event: EventParts<StockIssued>): readonly string[] {
  const { data } = event;
  return [nodeOf(event), data.shipment, data.line, String(data.component)];
}
