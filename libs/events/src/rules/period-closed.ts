import { defineEvent } from '../event-definition.js';
import { IsCount, IsIdentifier, IsLeafOf, Optional } from '../validation/decorators.js';
import { AccountingPeriod, accountingPeriod, periodWords } from './accounting-period.js';

export class PeriodClosed extends AccountingPeriod {
  @IsIdentifier() closedBy!: string;
  /** The sequence of the last event that counts in it. */
  @Optional() @IsCount() cutOffSequence?: number;
  @Optional() @IsLeafOf('approval') approval?: string;
}

export const periodClosed = defineEvent({
  type: 'PeriodClosed',
  dataClass: PeriodClosed,
  ...accountingPeriod,
  words: periodWords('closed'),
  description: 'A period takes no more entries.',
});
