import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import type { ProposedEntry } from '../../../../../projections/erp-postings/v1/queries.js';
import type { Page } from '../requests/page.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { EntriesQueryDto, TrialBalanceQueryDto } from './books.dto.js';
import { GetTrialBalance, type TrialBalanceAnswer } from './get-trial-balance.query.js';
import { ListEntries } from './list-entries.query.js';

@ApiProblems(readProblemStatuses)
@ApiTags('books')
@Controller('v1')
@UseInterceptors(ReadAfterInterceptor)
export class BooksController {
  constructor(private readonly queries: QueryBus) {}

  @Get('entries')
  @ApiOperation({ summary: 'Proposed journal entries with their lines' })
  entries(@Query() query: EntriesQueryDto): Promise<Page<ProposedEntry>> {
    const { contract, period, status } = query;
    return this.queries.execute(new ListEntries({ contract, period, status }, sliceOf(query, 1)));
  }

  @Get('trial-balance')
  @ApiOperation({ summary: 'Debit and credit by account, and in total' })
  trialBalance(@Query() query: TrialBalanceQueryDto): Promise<TrialBalanceAnswer> {
    return this.queries.execute(new GetTrialBalance(query.period, sliceOf(query, 3)));
  }
}
