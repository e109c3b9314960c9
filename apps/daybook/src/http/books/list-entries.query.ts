import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  type EntryFilter,
  entryKeyOf,
  listEntries,
  type ProposedEntry,
} from '../../../../../projections/erp-postings/v1/queries.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

export class ListEntries extends Query<Page<ProposedEntry>> {
  constructor(
    readonly filter: EntryFilter,
    readonly slice: Slice,
  ) {
    super();
  }
}

@QueryHandler(ListEntries)
export class ListEntriesHandler implements IQueryHandler<ListEntries> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ filter, slice }: ListEntries): Promise<Page<ProposedEntry>> {
    const rows = await this.readModels.snapshot((client) => listEntries(client, filter, slice));
    return pageOf(rows, slice.limit, entryKeyOf);
  }
}
