import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  listOrphans,
  type Orphan,
} from '../../../../../projections/order-timeline/v1/list-queries.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

export class ListOrphans extends Query<Page<Orphan>> {
  constructor(readonly slice: Slice) {
    super();
  }
}

@QueryHandler(ListOrphans)
export class ListOrphansHandler implements IQueryHandler<ListOrphans> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ slice }: ListOrphans): Promise<Page<Orphan>> {
    const rows = await this.readModels.snapshot((client) => listOrphans(client, slice));
    return pageOf(rows, slice.limit, ({ subject }) => [subject]);
  }
}
