import { defineEvent } from '../event-definition.js';
import { IsIdentifier, IsLeafOf } from '../validation/decorators.js';
import { AccountingPeriod, accountingPeriod, periodWords } from './accounting-period.js';

export class PeriodReopened extends AccountingPeriod {
  @IsIdentifier() reopenedBy!: string;
  @IsIdentifier() reason!: string;
  @IsLeafOf('approval') approval!: string;
}

export const periodReopened = defineEvent({
  type: 'PeriodReopened',
  dataClass: PeriodReopened,
  ...accountingPeriod,
  words: periodWords('reopened'),
  description: 'A closed period takes entries again.',
});
