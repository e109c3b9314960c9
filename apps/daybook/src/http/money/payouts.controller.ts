import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { PayoutRow } from '../../../../../projections/money-balances/v1/list-queries.js';
import { isStreamEntryKey } from '../../../../../projections/order-timeline/v1/stream-entry-queries.js';
import { ApiAnswer } from '../documentation/api-answers.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import type { Page } from '../requests/page.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { payoutSchema, payoutsSchema } from './money.answers.js';
import { PayoutsQueryDto } from './money.dto.js';
import { type PayoutAnswer, PayoutReads } from './payout-reads.js';
import { thingLeafOf } from '../requests/thing-leaf.js';
import { ThingQueryDto } from '../requests/thing.dto.js';

@ApiProblems(readProblemStatuses)
@ApiTags('money')
@Controller('v1/payouts')
@UseInterceptors(ReadAfterInterceptor)
export class PayoutsController {
  constructor(private readonly payouts: PayoutReads) {}

  @Get()
  @ApiOperation({ summary: 'What providers paid out, beside what reached the bank' })
  @ApiAnswer(payoutsSchema)
  list(@Query() query: PayoutsQueryDto): Promise<Page<PayoutRow>> {
    const { state, legalEntity, currency } = query;
    return this.payouts.list(sliceOf(query, 3), { state, legalEntity, currency });
  }

  @Get(':batch')
  @ApiOperation({ summary: 'One payout with the lines it is made of' })
  @ApiParam({
    name: 'batch',
    description: 'Its leaf, or with account its id as its issuer has it.',
  })
  @ApiAnswer(payoutSchema)
  batch(@Param('batch') batch: string, @Query() query: ThingQueryDto): Promise<PayoutAnswer> {
    const leaf = thingLeafOf('settlement', batch, query.account);
    return this.payouts.batch(leaf, sliceOf(query, 1, isStreamEntryKey));
  }
}
