import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  type FoundSubject,
  type SearchNames,
  searchSubjects,
} from '../../../../../projections/order-timeline/v1/search-queries.js';
import { addressKindOf } from '../../erasure/person-search.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';
import { WritePath } from '../write-path.js';

export class Search extends Query<Page<FoundSubject>> {
  constructor(
    readonly text: string,
    readonly slice: Slice,
  ) {
    super();
  }
}

@QueryHandler(Search)
export class SearchHandler implements IQueryHandler<Search> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly writePath: WritePath,
  ) {}

  async execute({ text, slice }: Search): Promise<Page<FoundSubject>> {
    const names = { text, personal: await this.personal(text) };
    const rows = await this.readModels.snapshot((client) => searchSubjects(client, names, slice));
    return pageOf(rows, slice.limit, ({ subject }) => [subject]);
  }

  /** An address is looked up by its keyed digest: it lies nowhere in clear. */
  private async personal(text: string): Promise<SearchNames['personal']> {
    const kind = addressKindOf(text);
    if (kind === undefined) return null;
    return { kind, leaves: await this.writePath.recorder.findLeaves(kind, text) };
  }
}
