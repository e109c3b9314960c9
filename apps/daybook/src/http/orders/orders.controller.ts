import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import { momentOf } from '../requests/moment.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { GetOrder, type OrderAnswer } from './get-order.query.js';
import { GetTimeline, type TimelineAnswer } from './get-timeline.query.js';
import { orderLeafOf } from './order-leaf.js';
import { OrderQueryDto, TimelineQueryDto } from './orders.dto.js';

const idDescription = "The order's leaf, or together with `account` the id as its source wrote it.";

@ApiProblems(readProblemStatuses)
@ApiTags('orders')
@Controller('v1/orders')
@UseInterceptors(ReadAfterInterceptor)
export class OrdersController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id')
  @ApiOperation({ summary: 'An order: status, amounts, lines, and what is odd about it' })
  @ApiParam({ name: 'id', description: idDescription })
  order(@Param('id') id: string, @Query() query: OrderQueryDto): Promise<OrderAnswer> {
    return this.queries.execute(new GetOrder(orderLeafOf(id, query.account), momentOf(query.at)));
  }

  @Get(':id/timeline')
  @ApiOperation({ summary: 'All that happened to an order, the earliest first' })
  @ApiParam({ name: 'id', description: idDescription })
  timeline(@Param('id') id: string, @Query() query: TimelineQueryDto): Promise<TimelineAnswer> {
    const leaf = orderLeafOf(id, query.account);
    return this.queries.execute(new GetTimeline(leaf, sliceOf(query, 2), momentOf(query.at)));
  }
}
