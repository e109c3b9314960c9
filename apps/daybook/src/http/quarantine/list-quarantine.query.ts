import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { QuarantineEntry } from '#recording';
import { ProblemError } from '../problems/problem.js';
import type { Page } from '../requests/page.js';
import { WritePath } from '../write-path.js';

export class ListQuarantine extends Query<Page<QuarantineEntry>> {
  constructor(
    readonly cursor: string | undefined,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListQuarantine)
export class ListQuarantineHandler implements IQueryHandler<ListQuarantine> {
  constructor(private readonly writePath: WritePath) {}

  async execute({ cursor, limit }: ListQuarantine): Promise<Page<QuarantineEntry>> {
    const slice = cursor === undefined ? { limit } : { cursor, limit };
    const page = await this.writePath.recorder.listQuarantine(slice);
    if (page === undefined) {
      const detail = 'The cursor was not written by this list.';
      throw new ProblemError({ code: 'cursor_invalid', detail, field: 'cursor' });
    }
    return { items: page.entries, next: page.next };
  }
}
