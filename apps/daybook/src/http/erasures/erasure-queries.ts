import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Erasures } from '../../erasure/erasures.js';
import type { ErasureView } from '../../erasure/erasure-view.js';
import { ProblemError } from '../problems/problem.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

export class ListErasures extends Query<Page<ErasureView>> {
  constructor(readonly slice: Slice) {
    super();
  }
}

@QueryHandler(ListErasures)
export class ListErasuresHandler implements IQueryHandler<ListErasures> {
  constructor(private readonly erasures: Erasures) {}

  async execute({ slice }: ListErasures): Promise<Page<ErasureView>> {
    const rows = await this.erasures.list(slice.after?.[0], slice.limit);
    return pageOf(rows, slice.limit, ({ erasureId }) => [erasureId]);
  }
}

export class GetErasure extends Query<ErasureView> {
  constructor(readonly erasureId: string) {
    super();
  }
}

@QueryHandler(GetErasure)
export class GetErasureHandler implements IQueryHandler<GetErasure> {
  constructor(private readonly erasures: Erasures) {}

  async execute({ erasureId }: GetErasure): Promise<ErasureView> {
    const erasure = await this.erasures.byId(erasureId);
    if (erasure !== undefined) return erasure;
    throw new ProblemError({ code: 'erasure_unknown', detail: 'No erasure has this id.' });
  }
}
