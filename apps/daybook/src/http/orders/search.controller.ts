import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { searchSchema } from './order-lists.answers.js';
import type { FoundSubject } from '../../../../../projections/order-timeline/v1/search-queries.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import type { Page } from '../requests/page.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { SearchQueryDto } from './lists.dto.js';
import { Search } from './search.query.js';

@ApiProblems(readProblemStatuses)
@ApiTags('orders')
@Controller('v1/search')
@UseInterceptors(ReadAfterInterceptor)
export class SearchController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary:
      "Orders by any id, tracking number, last four digits, customer's key, e-mail address or telephone number",
  })
  @ApiAnswer(searchSchema)
  search(@Query() query: SearchQueryDto): Promise<Page<FoundSubject>> {
    return this.queries.execute(new Search(query.text.trim(), sliceOf(query, 1)));
  }
}
