import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfQty } from '../measures.js';
import { eventName } from '../placement.js';
import { homeOfTransferLine } from '../stock-placement.js';
import {
  IsDateOrInstant,
  IsIdentifier,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

export class TransferShipped {
  @IsIdentifier() line!: string;
  /** What the sending node calls this part of the transfer. */
  @IsIdentifier() shipment!: string;
  @IsIdentifier() sku!: string;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() uom!: string;
  @Optional() @IsDateOrInstant() expectedAt?: string;
  @Optional() @IsIdentifier() carrier?: string;
  @Optional() @IsIdentifier() tracking?: string;
}

export const transferShipped = defineEvent({
  type: 'TransferShipped',
  dataClass: TransferShipped,
  schemaVersion: 1,
  categories: ['transfer'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.line, data.shipment],
  businessKey: ({ leaf, data }) => [leaf, data.line, data.shipment],
  measure: measureOfQty,
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfTransferLine(leaf, data.line), { connects: [eventName(eventId)] }),
  words: {
    discriminators: "the transfer's line and the shipment",
    businessKey: 'the transfer, its line and the shipment',
    touches: 'the transfer line, and the order that waits for it',
  },
  effect: {
    posts: { does: 'never', words: 'value moves with StockIssued' },
    movesStock: { does: 'never', words: 'units leave through StockIssued with the cause transfer' },
  },
  description: 'A node sent units of a transfer.',
});
