import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  countFindings,
  type FindingCount,
} from '../../../../../projections/order-timeline/v1/list-queries.js';
import { ReadModels } from '../reads/read-models.js';

/** How many findings there are of each code; there are only so many codes, and so no pages. */
export interface FindingCounts {
  readonly items: readonly FindingCount[];
}

export class CountFindings extends Query<FindingCounts> {}

@QueryHandler(CountFindings)
export class CountFindingsHandler implements IQueryHandler<CountFindings> {
  constructor(private readonly readModels: ReadModels) {}

  async execute(): Promise<FindingCounts> {
    return { items: await this.readModels.snapshot(countFindings) };
  }
}
