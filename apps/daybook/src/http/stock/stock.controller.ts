import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import { momentOf } from '../requests/moment.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { readableText } from '../requests/readable-text.js';
import { sliceOf } from '../requests/slice.js';
import { GetStock, type StockAnswer } from './get-stock.query.js';
import { StockQueryDto } from './stock.dto.js';

@ApiProblems(readProblemStatuses)
@ApiTags('stock')
@Controller('v1/stock')
@UseInterceptors(ReadAfterInterceptor)
export class StockController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':sku')
  @ApiOperation({ summary: 'The stock of an item, node by node, and what is reserved of it' })
  stock(@Param('sku') sku: string, @Query() query: StockQueryDto): Promise<StockAnswer> {
    const filter = { sku: readableText(sku, 'sku'), node: query.node };
    return this.queries.execute(new GetStock(filter, sliceOf(query, 4), momentOf(query.at)));
  }
}
