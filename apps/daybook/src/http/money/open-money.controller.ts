import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  contractKeyOf,
  type ContractBalanceRow,
  listContractBalances,
} from '../../../../../projections/erp-postings/v1/contract-queries.js';
import {
  listTillCounts,
  tillCountKeyOf,
  type TillCountRow,
} from '../../../../../projections/money-balances/v1/list-queries.js';
import { ApiAnswer } from '../documentation/api-answers.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import { PagedReads } from '../reads/paged-reads.js';
import type { Page } from '../requests/page.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { contractsSchema, tillsSchema } from './money.answers.js';
import { ContractsQueryDto, TillsQueryDto } from './money.dto.js';

/** Money that is open: what tills counted, and what contracts come to. */
@ApiProblems(readProblemStatuses)
@ApiTags('money')
@Controller('v1')
@UseInterceptors(ReadAfterInterceptor)
export class OpenMoneyController {
  constructor(private readonly lists: PagedReads) {}

  @Get('tills')
  @ApiOperation({
    summary: 'What registers counted, session by session, and what is over or short',
  })
  @ApiAnswer(tillsSchema)
  tills(@Query() query: TillsQueryDto): Promise<Page<TillCountRow>> {
    const filter = { till: query.till, off: query.off === 'true' };
    return this.lists.page(sliceOf(query, 5), {
      rows: (client, slice) => listTillCounts(client, filter, slice),
      keyOf: tillCountKeyOf,
    });
  }

  @Get('contract-balances')
  @ApiOperation({ summary: 'What contracts come to by the proposed entries, order by order' })
  @ApiAnswer(contractsSchema)
  contracts(@Query() query: ContractsQueryDto): Promise<Page<ContractBalanceRow>> {
    const { contract, legalEntity, all } = query;
    const filter = { contract, legalEntity, all: all === 'true' };
    return this.lists.page(sliceOf(query, 4), {
      rows: (client, slice) => listContractBalances(client, filter, slice),
      keyOf: contractKeyOf,
    });
  }
}
