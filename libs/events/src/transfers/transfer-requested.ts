import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfQty } from '../measures.js';
import { eventName } from '../placement.js';
import { homeOfTransferLine } from '../stock-placement.js';
import { StockOwner } from '../shared-parts.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsLeafOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsPart } from '../validation/nested.js';

export class TransferRequested {
  @IsIdentifier() line!: string;
  @IsIdentifier() sku!: string;
  @IsRegisteredKey() from!: string;
  @IsRegisteredKey() to!: string;
  @IsPart(() => StockOwner) owner!: StockOwner;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  @Optional() @IsDateOrInstant() expectedAt?: string;
  /** The order line that waits for the units, where one does. */
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsIdentifier() orderLine?: string;
}

export const transferRequested = defineEvent({
  type: 'TransferRequested',
  dataClass: TransferRequested,
  schemaVersion: 1,
  categories: ['transfer'],
  mayBe: ['fact', 'decision'],
  versioned: true,
  discriminators: ({ data }) => [data.line],
  businessKey: ({ leaf, data }) => [leaf, data.line],
  measure: measureOfQty,
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfTransferLine(leaf, data.line), {
      connects: [eventName(eventId)],
      subjects: data.order === undefined ? [] : [data.order],
    }),
  words: {
    discriminators: "the transfer's line",
    businessKey: 'the transfer and its line',
    touches: 'the transfer line, and the order that waits for it',
  },
  effect: {
    posts: { does: 'never', words: 'nothing has moved yet' },
    movesStock: {
      does: 'never',
      words:
        'units leave through StockIssued and come in through StockReceived, both with the cause transfer',
    },
  },
  description: 'Units are to go from one node to another.',
  checks: checkTransfer,
});

function checkTransfer({ data }: EventParts<TransferRequested>): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  if (data.from === data.to)
    faults.push({ field: 'data.to', message: 'must be another node than from' });
  if ((data.order === undefined) !== (data.orderLine === undefined)) {
    faults.push({ field: 'data.order', message: 'order goes with orderLine' });
  }
  return faults;
}
