import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAnswer } from '../documentation/api-answers.js';
import { oversoldSchema, stockSchema } from './stock.answers.js';
import type { StockRow } from '../../../../../projections/inventory-reservations/v1/queries.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import { momentOf } from '../requests/moment.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import type { Page } from '../requests/page.js';
import { readableText } from '../requests/readable-text.js';
import { sliceOf } from '../requests/slice.js';
import { GetOversoldStock } from './get-oversold-stock.query.js';
import { GetStock, type StockAnswer } from './get-stock.query.js';
import { stockClockOf } from './stock-clock.js';
import { OversoldStockQueryDto, StockQueryDto } from './stock.dto.js';

@ApiProblems(readProblemStatuses)
@ApiTags('stock')
@Controller('v1')
@UseInterceptors(ReadAfterInterceptor)
export class StockController {
  constructor(private readonly queries: QueryBus) {}

  @Get('stock/:sku')
  @ApiOperation({ summary: 'The stock of an item, node by node, and what is reserved of it' })
  @ApiAnswer(stockSchema)
  stock(@Param('sku') sku: string, @Query() query: StockQueryDto): Promise<StockAnswer> {
    const filter = { sku: readableText(sku, 'sku'), node: query.node };
    const at = momentOf(query.at);
    const clock = stockClockOf(query.promiseBy, at);
    return this.queries.execute(new GetStock(filter, sliceOf(query, 4), clock, at));
  }

  @Get('oversold-stock')
  @ApiOperation({
    summary: 'Stock of which more was promised or sold than there is, or a bucket is below zero',
  })
  @ApiAnswer(oversoldSchema)
  oversold(@Query() query: OversoldStockQueryDto): Promise<Page<StockRow>> {
    const clock = stockClockOf(query.promiseBy);
    return this.queries.execute(new GetOversoldStock(sliceOf(query, 5), clock));
  }
}
