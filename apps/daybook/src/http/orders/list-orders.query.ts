import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  listOrders,
  type OrderFilter,
  orderKeyOf,
} from '../../../../../projections/order-timeline/v1/list-queries.js';
import type { OrderHeader } from '../../../../../projections/order-timeline/v1/queries.js';
import { type Risk, risksOf } from '../../../../../projections/order-timeline/v1/risks.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

/** An order of a list, with what of it is broken or at risk. */
export interface ListedOrder extends OrderHeader {
  readonly risks: readonly Risk[];
}

export class ListOrders extends Query<Page<ListedOrder>> {
  constructor(
    readonly filter: OrderFilter,
    readonly slice: Slice,
  ) {
    super();
  }
}

@QueryHandler(ListOrders)
export class ListOrdersHandler implements IQueryHandler<ListOrders> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ filter, slice }: ListOrders): Promise<Page<ListedOrder>> {
    const rows = await this.readModels.snapshot((client) => listOrders(client, filter, slice));
    const { items, next } = pageOf(rows, slice.limit, orderKeyOf);
    return { items: items.map((row) => ({ ...row, risks: risksOf(row, filter.clock) })), next };
  }
}
