import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ordersOfLines } from '../shared-parts.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsQuantity,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export class SourcedLine {
  @IsLeafOf('order') order!: string;
  @IsIdentifier() orderLine!: string;
  @IsQuantity() qty!: number;
  @IsRegisteredKey() node!: string;
}

export class SourcingCandidate {
  @IsRegisteredKey() node!: string;
  /** As the rule or model writes it, since scales differ. */
  @Optional() @IsIdentifier() score?: string;
  /** The constraint that kept it from being chosen, where one did. */
  @Optional() @IsIdentifier() ruledOutBy?: string;
}

export class SourcingDecided {
  /** The run of the sourcing that decided. */
  @IsIdentifier() sourcing!: string;
  @IsListOf(() => SourcedLine, 1) lines!: SourcedLine[];
  /** The places that were looked at, chosen or not. */
  @IsListOf(() => SourcingCandidate) candidates!: SourcingCandidate[];
  /** The version of the rules that decided. */
  @Optional() @IsIdentifier() ruleVersion?: string;
}

export const sourcingDecided = defineEvent({
  type: 'SourcingDecided',
  dataClass: SourcingDecided,
  schemaVersion: 1,
  categories: ['fulfilment'],
  mayBe: ['decision', 'fact'],
  versioned: false,
  discriminators: ({ data }) => [data.sourcing],
  businessKey: ({ leaf, data }) => [leaf, data.sourcing],
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, { subjects: ordersOfLines(data.lines) }),
  words: {
    discriminators: 'the run of the sourcing',
    businessKey: 'the fulfilment and the run of the sourcing',
    touches: 'the fulfilment and its orders',
  },
  effect: {
    posts: { does: 'never', words: 'nothing is performed yet' },
    movesStock: {
      does: 'never',
      words: 'units are reserved through StockAllocated and leave through StockIssued',
    },
  },
  description: 'It was decided which place sends which units of an order.',
});
