import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { statisticsSchema } from '../books/books.answers.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import { ReadDto } from '../requests/read.dto.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { GetStatistics, type StatisticsAnswer } from './get-statistics.query.js';

@ApiProblems(readProblemStatuses)
@ApiTags('statistics')
@Controller('v1/stats')
@UseInterceptors(ReadAfterInterceptor)
export class StatisticsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'Counts and sums over the whole ledger' })
  @ApiAnswer(statisticsSchema)
  statistics(@Query() _query: ReadDto): Promise<StatisticsAnswer> {
    return this.queries.execute(new GetStatistics());
  }
}
