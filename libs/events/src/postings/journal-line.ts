import type { Money } from '#kernel';
import type { EventParts, FieldFault } from '../event-definition.js';
import { IsMoney } from '../validation/amounts.js';
import {
  IsIdentifier,
  IsLeafOf,
  IsOneOf,
  IsRegisteredKey,
  Optional,
} from '../validation/decorators.js';

/** One side of an entry. */
export class JournalLine {
  @IsIdentifier() line!: string;
  /** The account of the general ledger. */
  @IsIdentifier() account!: string;
  @IsOneOf(['debit', 'credit']) side!: 'debit' | 'credit';
  @IsMoney() amount!: Money;
  @Optional() @IsLeafOf('order') order?: string;
  @Optional() @IsRegisteredKey() costCentre?: string;
  @Optional() @IsRegisteredKey() taxCode?: string;
}

/** An entry is balanced in every currency it has, or it is none. */
export function checkBalanced({
  data,
}: EventParts<{ lines: JournalLine[] }>): readonly FieldFault[] {
  const balances = new Map<string, bigint>();
  for (const { side, amount } of data.lines) {
    const minor = BigInt(amount.minor);
    const before = balances.get(amount.currency) ?? 0n;
    balances.set(amount.currency, side === 'debit' ? before + minor : before - minor);
  }
  const open = [...balances].find(([, balance]) => balance !== 0n);
  return open === undefined
    ? []
    : [
        {
          field: 'data.lines',
          message: `debits less credits are ${open[1]} minor units of ${open[0]}, and must be none`,
        },
      ];
}
