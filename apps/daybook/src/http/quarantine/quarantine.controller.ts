import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { quarantineSchema, resolvedEntrySchema } from './quarantine.answers.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import type { QuarantineEntry } from '#recording';
import { type Page, pageRowsDefault } from '../requests/page.js';
import { ListQuarantine } from './list-quarantine.query.js';
import { QuarantineQueryDto } from './quarantine.dto.js';
import { type ResolvedEntry, ResolveQuarantined } from './resolve-quarantined.command.js';

@ApiProblems(readProblemStatuses)
@ApiTags('events')
@Controller('v1/quarantine')
export class QuarantineController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What came in and was not understood, the newest first' })
  @ApiAnswer(quarantineSchema)
  list(@Query() query: QuarantineQueryDto): Promise<Page<QuarantineEntry>> {
    return this.queries.execute(new ListQuarantine(query.cursor, query.limit ?? pageRowsDefault));
  }

  @Post(':source/:digest/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that an entry is done with; its bytes are destroyed in some days' })
  @ApiAnswer(resolvedEntrySchema)
  resolve(
    @Param('source') source: string,
    @Param('digest') digest: string,
  ): Promise<ResolvedEntry> {
    return this.commands.execute(new ResolveQuarantined(source, digest));
  }
}
