import type { ClientBase } from 'pg';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  listOversold,
  oversoldKeyOf,
  type StockClock,
  type StockRow,
} from '../../../../../projections/inventory-reservations/v1/queries.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

/** Stock of which more was promised or sold than there is, of all items. */
export class GetOversoldStock extends Query<Page<StockRow>> {
  constructor(
    readonly slice: Slice,
    readonly clock: StockClock,
  ) {
    super();
  }
}

@QueryHandler(GetOversoldStock)
export class GetOversoldStockHandler implements IQueryHandler<GetOversoldStock> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ slice, clock }: GetOversoldStock): Promise<Page<StockRow>> {
    const read = async (client: ClientBase) =>
      pageOf(await listOversold(client, clock, slice), slice.limit, oversoldKeyOf);
    return this.readModels.snapshot(read, 'tables');
  }
}
