import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  type BalanceTotal,
  countEntries,
  type EntryCount,
  readBalanceTotals,
} from '../../../../../projections/erp-postings/v1/queries.js';
import {
  readTimelineStatistics,
  type TimelineStatistics,
} from '../../../../../projections/order-timeline/v1/queries.js';
import { type Standing, standingOf } from '../reads/parked-notice.js';
import { PositionTokens } from '../reads/position-tokens.js';
import { ReadModels } from '../reads/read-models.js';

/** Counts over the whole ledger as the read models hold it; counts and sums are texts. */
export interface StatisticsAnswer extends TimelineStatistics, Standing {
  readonly entries: readonly EntryCount[];
  readonly balances: readonly BalanceTotal[];
}

export class GetStatistics extends Query<StatisticsAnswer> {}

@QueryHandler(GetStatistics)
export class GetStatisticsHandler implements IQueryHandler<GetStatistics> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly tokens: PositionTokens,
  ) {}

  execute(): Promise<StatisticsAnswer> {
    return this.readModels.snapshot(async (client) => {
      const timeline = await readTimelineStatistics(client);
      const entries = await countEntries(client);
      const balances = await readBalanceTotals(client, undefined);
      const standing = await standingOf(client, this.readModels.groupName, this.tokens);
      return { ...timeline, entries, balances, ...standing };
    }, 'tables');
  }
}
