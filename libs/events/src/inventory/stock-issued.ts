import { defineEvent, type EventParts } from '../event-definition.js';
import { keys } from '../event-keys.js';
import {
  allocationName,
  eventName,
  homeOfIssue,
  homeOfItem,
  nodeOf,
  orderLineName,
  skuOf,
} from '../placement.js';
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

export class StockIssued {
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  @IsOneOf(['sale']) cause!: 'sale';
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
    posts: { does: 'yes', words: 'Dr cost of goods sold / Cr inventory' },
    movesStock: { does: 'yes', words: 'takes from sellable' },
  },
  description: 'Units left a node for a customer.',
  checks: ({ data }) =>
    (data.allocation === undefined) === (data.allocationLine === undefined) &&
    (data.order === undefined) === (data.orderLine === undefined)
      ? []
      : [
          {
            field: 'data.allocation',
            message: 'allocation goes with allocationLine, and order with orderLine',
          },
        ],
});

function issueKey(event: EventParts<StockIssued>): readonly string[] {
  const { data } = event;
  return [nodeOf(event), data.shipment, data.line, String(data.component)];
}
