import type { Money } from '#kernel';
import { defineEvent, type EventParts, type FieldFault } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { ordersOfLines } from '../shared-parts.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';
import { IsListOf } from '../validation/nested.js';

export class ManualLine {
  @IsIdentifier() account!: string;
  @IsOneOf(['debit', 'credit']) side!: 'debit' | 'credit';
  @IsMoney() amount!: Money;
  /** The order whose contract it is about, where it is one. */
  @Optional() @IsLeafOf('order') order?: string;
}

export class ManualEntryApproved {
  @IsRegisteredKey() legalEntity!: string;
  @IsIdentifier() period!: string;
  @IsListOf(() => ManualLine, 2) lines!: ManualLine[];
  /** Why it is needed, as a code. */
  @IsIdentifier() reason!: string;
  @IsIdentifier() preparedBy!: string;
  @IsIdentifier() approvedBy!: string;
  @IsLeafOf('approval') approval!: string;
}

export const manualEntryApproved = defineEvent({
  type: 'ManualEntryApproved',
  dataClass: ManualEntryApproved,
  schemaVersion: 1,
  categories: ['posting'],
  mayBe: ['decision'],
  versioned: false,
  discriminators: () => [],
  businessKey: () => null,
  personalData: [],
  keys: ({ leaf, data }) => keys(leaf, { subjects: ordersOfLines(data.lines) }),
  words: {
    discriminators: 'none',
    businessKey: 'none: a decision stands alone',
    touches: 'the entry and the orders it names',
  },
  effect: {
    posts: { does: 'later', words: 'its own lines, which balance in each currency' },
    movesStock: { does: 'never', words: 'only the books change' },
  },
  description: 'An entry that follows from no event was prepared by one and approved by another.',
  checks: checkManualEntry,
});

/** Debits are credits in every currency, and nobody approves an entry of his own. */
function checkManualEntry({ data }: EventParts<ManualEntryApproved>): readonly FieldFault[] {
  const sums = new Map<string, bigint>();
  for (const { side, amount } of data.lines) {
    const minor = side === 'debit' ? BigInt(amount.minor) : -BigInt(amount.minor);
    sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + minor);
  }
  const faults: FieldFault[] = [...sums]
    .filter(([, sum]) => sum !== 0n)
    .map(([currency, sum]) => ({
      field: 'data.lines',
      message: `debits and credits differ by ${sum} minor units of ${currency}`,
    }));
  return data.preparedBy === data.approvedBy
    ? [...faults, { field: 'data.approvedBy', message: 'must not be who prepared the entry' }]
    : faults;
}
