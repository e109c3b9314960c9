import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfStock } from '../measures.js';
import { eventName, homeOfItem, homeOfReceipt, nodeOf, skuOf } from '../placement.js';
import { homeOfPurchaseOrderLine, homeOfTransferLine } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

export const stockBuckets = ['sellable', 'quality_control', 'damaged', 'unsellable_other'] as const;
export type StockBucket = (typeof stockBuckets)[number];

export const receiptCauses = ['purchase', 'return', 'transfer'] as const;
export type ReceiptCause = (typeof receiptCauses)[number];

export class StockReceived {
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  @IsOneOf(receiptCauses) cause!: ReceiptCause;
  @IsOneOf(stockBuckets) bucket!: StockBucket;
  @IsIdentifier() receipt!: string;
  @IsIdentifier() line!: string;
  /** The purchase order's number as the node writes it, where its leaf is not known. */
  @Optional() @IsIdentifier() poRef?: string;
  /** The purchase order line that asked for the goods; `purchaseOrderLine` goes with it. */
  @Optional() @IsLeafOf('purchaseOrder') purchaseOrder?: string;
  @Optional() @IsIdentifier() purchaseOrderLine?: string;
  @Optional() @IsLeafOf('return') returnRef?: string;
  /** The transfer that brought the units; `transferLine` goes with it. */
  @Optional() @IsLeafOf('transfer') transfer?: string;
  @Optional() @IsIdentifier() transferLine?: string;
  /** The node a transfer was sent to, where the units came to another one. */
  @Optional() @IsRegisteredKey() destination?: string;
  @Optional() @IsIdentifier() lot?: string;
}

export const stockReceived = defineEvent({
  type: 'StockReceived',
  dataClass: StockReceived,
  schemaVersion: 1,
  categories: ['inventory'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.receipt, data.line],
  businessKey: (event) => [nodeOf(event), event.data.receipt, event.data.line],
  measure: measureOfStock,
  personalData: [],
  keys: (event) =>
    keys(homeOfReceipt(nodeOf(event), event.data.receipt, event.data.line), {
      connects: [eventName(event.eventId), ...documentLines(event.data)],
      reads: [homeOfItem(event.data.owner.id, skuOf(event))],
    }),
  words: {
    discriminators: 'the receipt and its line',
    businessKey: 'the node, the receipt and its line',
    touches: 'the item at the node',
  },
  effect: {
    posts: {
      does: 'yes',
      words:
        'purchase: Dr inventory / Cr goods received not invoiced; return: Dr inventory / Cr cost of goods sold; transfer, later: Dr inventory / Cr goods in transit',
    },
    movesStock: {
      does: 'yes',
      words: 'adds to its bucket; a transfer takes from what is under way as well',
    },
  },
  description: 'Goods came in at a node.',
  checks: checkReceipt,
});

/** The lines of the documents the goods came by, which the receipt is judged with. */
function documentLines(data: StockReceived): readonly string[] {
  const { purchaseOrder, purchaseOrderLine, transfer, transferLine } = data;
  const lines: string[] = [];
  if (purchaseOrder !== undefined && purchaseOrderLine !== undefined) {
    lines.push(homeOfPurchaseOrderLine(purchaseOrder, purchaseOrderLine));
  }
  if (transfer !== undefined && transferLine !== undefined) {
    lines.push(homeOfTransferLine(transfer, transferLine));
  }
  return lines;
}

function checkReceipt({ data }: EventParts<StockReceived>): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  if ((data.purchaseOrder === undefined) !== (data.purchaseOrderLine === undefined)) {
    faults.push({
      field: 'data.purchaseOrder',
      message: 'purchaseOrder goes with purchaseOrderLine',
    });
  }
  return [...faults, ...checkTransferOf(data)];
}

/** What a stock event of a transfer has to name, and others must not. */
interface StockOfTransfer {
  readonly cause: string;
  readonly transfer?: string;
  readonly transferLine?: string;
  readonly destination?: string;
}

/** Units under way are counted by the transfer line, so that what left can be told from what came. */
export function checkTransferOf(data: StockOfTransfer): readonly FieldFault[] {
  const isTransfer = data.cause === 'transfer';
  if ((data.transfer !== undefined) !== isTransfer) {
    const message = 'must be named where the cause is transfer, and only there';
    return [{ field: 'data.transfer', message }];
  }
  if ((data.transferLine !== undefined) !== isTransfer) {
    return [{ field: 'data.transferLine', message: 'transfer goes with transferLine' }];
  }
  return data.destination === undefined || isTransfer
    ? []
    : [{ field: 'data.destination', message: 'must be left out unless the cause is transfer' }];
}
