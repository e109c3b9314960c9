import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { completenessSchema } from './sources.answers.js';
import type { Completeness } from '../../../../../projections/source-control/v1/completeness.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import type { Page } from '../requests/page.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { ListCompleteness } from './list-completeness.query.js';
import { CompletenessQueryDto } from './sources.dto.js';

const keyParts = 3;

@ApiProblems(readProblemStatuses)
@ApiTags('sources')
@Controller('v1/completeness')
@UseInterceptors(ReadAfterInterceptor)
export class CompletenessController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'What each source says it sent, beside what the ledger holds of it' })
  @ApiAnswer(completenessSchema)
  completeness(@Query() query: CompletenessQueryDto): Promise<Page<Completeness>> {
    const filter = { source: query.source, span: query.day };
    return this.queries.execute(new ListCompleteness(filter, sliceOf(query, keyParts)));
  }
}
