import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  type AccountBalance,
  accountKeyOf,
  type BalanceTotal,
  listAccountBalances,
  readBalanceTotals,
} from '../../../../../projections/erp-postings/v1/queries.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

/** Balances by account; `totals` covers all accounts, not only those of this page. */
export interface TrialBalanceAnswer extends Page<AccountBalance> {
  readonly totals: readonly BalanceTotal[];
}

export class GetTrialBalance extends Query<TrialBalanceAnswer> {
  constructor(
    readonly period: string | undefined,
    readonly slice: Slice,
  ) {
    super();
  }
}

@QueryHandler(GetTrialBalance)
export class GetTrialBalanceHandler implements IQueryHandler<GetTrialBalance> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ period, slice }: GetTrialBalance): Promise<TrialBalanceAnswer> {
    return this.readModels.snapshot(async (client) => {
      const rows = await listAccountBalances(client, period, slice);
      const totals = await readBalanceTotals(client, period);
      return { ...pageOf(rows, slice.limit, accountKeyOf), totals };
    });
  }
}
