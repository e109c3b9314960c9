import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { eventName } from '../placement.js';
import { homeOfTransferLine } from '../stock-placement.js';
import { IsCount, IsIdentifier, IsLeafOf, IsRegisteredKey } from '../validation/decorators.js';

export class TransferVarianceResolved {
  @IsIdentifier() line!: string;
  @IsIdentifier() resolution!: string;
  @IsIdentifier() sku!: string;
  /** Units that came after all; they come in through StockReceived. */
  @IsCount() found!: number;
  /** Units that are gone; they leave through StockWrittenOff in transit. */
  @IsCount() lost!: number;
  /** Units that came to another node; they come in there through StockReceived. */
  @IsCount() misshipped!: number;
  @IsRegisteredKey() uom!: string;
  @IsLeafOf('approval') approval!: string;
}

export const transferVarianceResolved = defineEvent({
  type: 'TransferVarianceResolved',
  dataClass: TransferVarianceResolved,
  schemaVersion: 1,
  categories: ['transfer'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: ({ data }) => [data.line, data.resolution],
  businessKey: ({ leaf, data }) => [leaf, data.line, data.resolution],
  personalData: [],
  keys: ({ eventId, leaf, data }) =>
    keys(homeOfTransferLine(leaf, data.line), { connects: [eventName(eventId)] }),
  words: {
    discriminators: "the transfer's line and the resolution",
    businessKey: 'the transfer, its line and the resolution',
    touches: 'the transfer line, and the order that waits for it',
  },
  effect: {
    posts: { does: 'never', words: 'value moves with the stock event that each part leads to' },
    movesStock: {
      does: 'never',
      words:
        'found and misshipped units come in through StockReceived, lost ones leave through StockWrittenOff',
    },
  },
  description: 'It was settled what became of units that a transfer lacked.',
  checks: ({ data }) =>
    data.found + data.lost + data.misshipped > 0
      ? []
      : [{ field: 'data.found', message: 'found, lost and misshipped must not all be zero' }],
});
