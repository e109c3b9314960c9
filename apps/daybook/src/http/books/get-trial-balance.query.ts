import type { ClientBase } from 'pg';
import type { AsOf, Moment } from '#projection-engine';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  type AccountBalance,
  accountKeyOf,
  type BalanceTotal,
  listAccountBalances,
  readBalanceTotals,
} from '../../../../../projections/erp-postings/v1/queries.js';
import { type OfThePast, PastReadModels } from '../reads/past-read-models.js';
import { type Standing, standingOf } from '../reads/parked-notice.js';
import { PositionTokens } from '../reads/position-tokens.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

/** Balances by account; `totals` covers all accounts, not only those of this page. */
export interface TrialBalanceAnswer extends Page<AccountBalance>, OfThePast, Standing {
  readonly totals: readonly BalanceTotal[];
}

export class GetTrialBalance extends Query<TrialBalanceAnswer> {
  constructor(
    readonly period: string | undefined,
    readonly slice: Slice,
    readonly at?: Moment,
  ) {
    super();
  }
}

@QueryHandler(GetTrialBalance)
export class GetTrialBalanceHandler implements IQueryHandler<GetTrialBalance> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly past: PastReadModels,
    private readonly tokens: PositionTokens,
  ) {}

  execute({ period, slice, at }: GetTrialBalance): Promise<TrialBalanceAnswer> {
    const read = async (client: ClientBase, asOf?: AsOf): Promise<TrialBalanceAnswer> => {
      const rows = await listAccountBalances(client, period, slice);
      const totals = await readBalanceTotals(client, period);
      const standing = await standingOf(client, this.readModels.groupName, this.tokens, asOf);
      return { ...standing, ...pageOf(rows, slice.limit, accountKeyOf), totals };
    };
    if (at === undefined) return this.readModels.snapshot(read, 'tables');
    return this.past.read(at, { tables: ['balance'] }, read);
  }
}
