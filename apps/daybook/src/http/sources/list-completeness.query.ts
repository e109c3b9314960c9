import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Completeness } from '../../../../../projections/source-control/v1/completeness.js';
import {
  type CompletenessFilter,
  completenessKeyOf,
  listCompleteness,
} from '../../../../../projections/source-control/v1/queries.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, writeCursor } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

export class ListCompleteness extends Query<Page<Completeness>> {
  constructor(
    readonly filter: CompletenessFilter,
    readonly slice: Slice,
  ) {
    super();
  }
}

@QueryHandler(ListCompleteness)
export class ListCompletenessHandler implements IQueryHandler<ListCompleteness> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ filter, slice }: ListCompleteness): Promise<Page<Completeness>> {
    const { spans, isCut } = await this.readModels.snapshot((client) =>
      listCompleteness(client, filter, slice),
    );
    const last = spans.at(-1);
    return { items: spans, next: isCut && last ? writeCursor(completenessKeyOf(last)) : null };
  }
}
