import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { orphansSchema } from './order-lists.answers.js';
import type { Orphan } from '../../../../../projections/order-timeline/v1/list-queries.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import type { Page } from '../requests/page.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { ListOrphans } from './list-orphans.query.js';
import { OrphansQueryDto } from './lists.dto.js';

@ApiProblems(readProblemStatuses)
@ApiTags('orders')
@Controller('v1/orphans')
@UseInterceptors(ReadAfterInterceptor)
export class OrphansController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'Payments, shipments, returns and the like that no order is known for' })
  @ApiAnswer(orphansSchema)
  orphans(@Query() query: OrphansQueryDto): Promise<Page<Orphan>> {
    return this.queries.execute(new ListOrphans(sliceOf(query, 1)));
  }
}
