import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { readCheckpoint } from '#projection-engine';
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
import { PositionTokens } from '../reads/position-tokens.js';
import { ReadModels } from '../reads/read-models.js';

/** Counts over the whole ledger as the read models hold it; counts and sums are texts. */
export interface StatisticsAnswer extends TimelineStatistics {
  readonly entries: readonly EntryCount[];
  readonly balances: readonly BalanceTotal[];
  /** How many ledger events the read models hold. */
  readonly sequence: number;
  /** Where they stand; null before the first event. */
  readonly position: string | null;
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
      const checkpoint = await readCheckpoint(client, this.readModels.groupName);
      const position =
        checkpoint?.position === undefined ? null : this.tokens.write(checkpoint.position);
      return { ...timeline, entries, balances, sequence: checkpoint?.sequence ?? 0, position };
    });
  }
}
