import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { measureOfQty } from '../measures.js';
import { eventName } from '../placement.js';
import { homeOfTransferLine } from '../stock-placement.js';
import { IsCount, IsIdentifier, IsRegisteredKey, Optional } from '../validation/decorators.js';

export class TransferReceived {
  @IsIdentifier() line!: string;
  /** What the receiving node calls this part of the transfer. */
  @IsIdentifier() receipt!: string;
  @IsIdentifier() sku!: string;
  /** The units that came; zero where nothing did. */
  @IsCount() qty!: number;
  @IsRegisteredKey() uom!: string;
  /** The units the node was told of. */
  @Optional() @IsCount() expected?: number;
}

export const transferReceived = defineEvent({
  type: 'TransferReceived',
  dataClass: TransferReceived,
  schemaVersion: 1,
  categories: ['transfer'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.line, data.receipt],
  businessKey: ({ leaf, data }) => [leaf, data.line, data.receipt],
  measure: measureOfQty,
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfTransferLine(leaf, data.line), { connects: [eventName(eventId)] }),
  words: {
    discriminators: "the transfer's line and the receipt",
    businessKey: 'the transfer, its line and the receipt',
    touches: 'the transfer line, and the order that waits for it',
  },
  effect: {
    posts: { does: 'never', words: 'value moves with StockReceived' },
    movesStock: {
      does: 'never',
      words: 'units come in through StockReceived with the cause transfer',
    },
  },
  description: 'A node counted what came of a transfer.',
});
