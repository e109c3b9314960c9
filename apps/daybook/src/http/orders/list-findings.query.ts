import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  type FindingRow,
  findingKeyOf,
  listFindings,
} from '../../../../../projections/order-timeline/v1/queries.js';
import {
  findingIn,
  type ToldFinding,
} from '../../../../../projections/order-timeline/v1/wording/findings-in-words.js';
import type { Language } from '../../../../../projections/order-timeline/v1/wording/index.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

export class ListFindings extends Query<Page<ToldFinding<FindingRow>>> {
  constructor(
    readonly code: string | undefined,
    readonly slice: Slice,
    readonly language: Language,
  ) {
    super();
  }
}

@QueryHandler(ListFindings)
export class ListFindingsHandler implements IQueryHandler<ListFindings> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ code, slice, language }: ListFindings): Promise<Page<ToldFinding<FindingRow>>> {
    const rows = await this.readModels.snapshot((client) => listFindings(client, { code }, slice));
    return pageOf(
      rows.map((row) => findingIn(language, row)),
      slice.limit,
      findingKeyOf,
    );
  }
}
