import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  type FindingRow,
  findingKeyOf,
  listFindings,
} from '../../../../../projections/order-timeline/v1/queries.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

export class ListFindings extends Query<Page<FindingRow>> {
  constructor(
    readonly code: string | undefined,
    readonly slice: Slice,
  ) {
    super();
  }
}

@QueryHandler(ListFindings)
export class ListFindingsHandler implements IQueryHandler<ListFindings> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ code, slice }: ListFindings): Promise<Page<FindingRow>> {
    const rows = await this.readModels.snapshot((client) => listFindings(client, { code }, slice));
    return pageOf(rows, slice.limit, findingKeyOf);
  }
}
