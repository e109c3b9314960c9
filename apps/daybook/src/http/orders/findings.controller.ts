import { Controller, Get, Headers, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { findingCountsSchema, findingsSchema } from './order-lists.answers.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import type { FindingRow } from '../../../../../projections/order-timeline/v1/queries.js';
import type { ToldFinding } from '../../../../../projections/order-timeline/v1/wording/findings-in-words.js';
import { languageFor } from '../../../../../projections/order-timeline/v1/wording/index.js';
import type { Page } from '../requests/page.js';
import { ReadDto } from '../requests/read.dto.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { CountFindings, type FindingCounts } from './count-findings.query.js';
import { ListFindings } from './list-findings.query.js';
import { FindingsQueryDto } from './orders.dto.js';

@ApiProblems(readProblemStatuses)
@ApiTags('orders')
@Controller('v1/findings')
@UseInterceptors(ReadAfterInterceptor)
export class FindingsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'What is odd, over all orders, with who acts on it' })
  @ApiAnswer(findingsSchema)
  findings(
    @Query() query: FindingsQueryDto,
    @Headers('accept-language') accepted?: string,
  ): Promise<Page<ToldFinding<FindingRow>>> {
    const language = query.language ?? languageFor(accepted);
    return this.queries.execute(new ListFindings(query.code, sliceOf(query, 3), language));
  }

  @Get('counts')
  @ApiOperation({ summary: 'How many findings there are of each code' })
  @ApiAnswer(findingCountsSchema)
  counts(@Query() _query: ReadDto): Promise<FindingCounts> {
    return this.queries.execute(new CountFindings());
  }
}
