import { Controller, Get, Headers, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { isEvidenceKey } from '../../../../../projections/order-timeline/v1/evidence-queries.js';
import { ApiAnswer } from '../documentation/api-answers.js';
import { orderSchema } from './order.answers.js';
import { ordersSchema } from './order-lists.answers.js';
import { evidenceSchema, timelineSchema } from './timeline.answers.js';
import { isOrderKey } from '../../../../../projections/order-timeline/v1/list-queries.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import { timelineKeyParts } from '../../../../../projections/order-timeline/v1/timeline-queries.js';
import { languageFor } from '../../../../../projections/order-timeline/v1/wording/index.js';
import { clockOf } from '../requests/clock.js';
import { momentOf } from '../requests/moment.js';
import type { Page } from '../requests/page.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { ThingQueryDto } from '../requests/thing.dto.js';
import { type Evidence, GetEvidence } from './get-evidence.query.js';
import { GetOrder, type OrderAnswer } from './get-order.query.js';
import {
  type CustomerTimelineAnswer,
  GetTimeline,
  type TimelineAnswer,
} from './get-timeline.query.js';
import { type ListedOrder, ListOrders } from './list-orders.query.js';
import { OrdersQueryDto } from './lists.dto.js';
import { orderLeafOf } from './order-leaf.js';
import { OrderQueryDto, TimelineQueryDto } from './orders.dto.js';

const idDescription = "The order's leaf, or together with `account` the id as its source wrote it.";

@ApiProblems(readProblemStatuses)
@ApiTags('orders')
@Controller('v1/orders')
@UseInterceptors(ReadAfterInterceptor)
export class OrdersController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'Orders by list, status, owner, blocker, channel or finding, by value' })
  @ApiAnswer(ordersSchema)
  orders(@Query() query: OrdersQueryDto): Promise<Page<ListedOrder>> {
    const { list, finding, status, nextOwner, blockedBy, channel, clock } = query;
    const filter = { list, finding, status, nextOwner, blockedBy, channel, clock: clockOf(clock) };
    return this.queries.execute(new ListOrders(filter, sliceOf(query, 3, isOrderKey)));
  }

  @Get(':id')
  @ApiOperation({
    summary: 'An order: one sentence for the customer and one for the agent, amounts, lines, risks',
  })
  @ApiParam({ name: 'id', description: idDescription })
  @ApiAnswer(orderSchema)
  order(
    @Param('id') id: string,
    @Query() query: OrderQueryDto,
    @Headers('accept-language') accepted?: string,
  ): Promise<OrderAnswer> {
    return this.queries.execute(
      new GetOrder(
        orderLeafOf(id, query.account),
        { clock: clockOf(query.clock), language: query.language ?? languageFor(accepted) },
        momentOf(query.at),
      ),
    );
  }

  @Get(':id/timeline')
  @ApiOperation({ summary: 'All that happened to an order, the earliest first' })
  @ApiParam({ name: 'id', description: idDescription })
  @ApiAnswer(timelineSchema)
  timeline(
    @Param('id') id: string,
    @Query() query: TimelineQueryDto,
    @Headers('accept-language') accepted?: string,
  ): Promise<TimelineAnswer | CustomerTimelineAnswer> {
    const leaf = orderLeafOf(id, query.account);
    const slice = {
      ...sliceOf(query, timelineKeyParts),
      all: query.all === 'true',
      since: query.since,
    };
    const telling = {
      audience: query.audience ?? 'internal',
      language: query.language ?? languageFor(accepted),
    };
    return this.queries.execute(new GetTimeline(leaf, slice, telling, momentOf(query.at)));
  }

  @Get(':id/evidence')
  @ApiOperation({
    summary: 'What each event of an order rests on: its source, delivery, stream and position',
  })
  @ApiParam({ name: 'id', description: idDescription })
  @ApiAnswer(evidenceSchema)
  evidence(@Param('id') id: string, @Query() query: ThingQueryDto): Promise<Page<Evidence>> {
    const leaf = orderLeafOf(id, query.account);
    return this.queries.execute(new GetEvidence(leaf, sliceOf(query, 1, isEvidenceKey)));
  }
}
