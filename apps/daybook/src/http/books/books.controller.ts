import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { entriesSchema, trialBalanceSchema } from './books.answers.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import { momentOf } from '../requests/moment.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { EntriesQueryDto, TrialBalanceQueryDto } from './books.dto.js';
import { GetTrialBalance, type TrialBalanceAnswer } from './get-trial-balance.query.js';
import { type EntriesAnswer, ListEntries } from './list-entries.query.js';

@ApiProblems(readProblemStatuses)
@ApiTags('books')
@Controller('v1')
@UseInterceptors(ReadAfterInterceptor)
export class BooksController {
  constructor(private readonly queries: QueryBus) {}

  @Get('entries')
  @ApiOperation({ summary: 'Proposed journal entries with their lines' })
  @ApiAnswer(entriesSchema)
  entries(@Query() query: EntriesQueryDto): Promise<EntriesAnswer> {
    const { contract, period, status } = query;
    const filter = { contract, period, status };
    return this.queries.execute(new ListEntries(filter, sliceOf(query, 1), momentOf(query.at)));
  }

  @Get('trial-balance')
  @ApiOperation({ summary: 'Debit and credit by account, and in total' })
  @ApiAnswer(trialBalanceSchema)
  trialBalance(@Query() query: TrialBalanceQueryDto): Promise<TrialBalanceAnswer> {
    return this.queries.execute(
      new GetTrialBalance(query.period, sliceOf(query, 3), momentOf(query.at)),
    );
  }
}
