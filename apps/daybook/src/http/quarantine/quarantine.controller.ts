import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import type { QuarantineEntry } from '#recording';
import { type Page, pageRowsDefault } from '../requests/page.js';
import { ListQuarantine } from './list-quarantine.query.js';
import { QuarantineQueryDto } from './quarantine.dto.js';

@ApiProblems(readProblemStatuses)
@ApiTags('events')
@Controller('v1/quarantine')
export class QuarantineController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'What came in and was not understood, the newest first' })
  list(@Query() query: QuarantineQueryDto): Promise<Page<QuarantineEntry>> {
    return this.queries.execute(new ListQuarantine(query.cursor, query.limit ?? pageRowsDefault));
  }
}
