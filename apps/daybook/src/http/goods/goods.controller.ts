import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  backorderKeyOf,
  type BackorderRow,
  incomingKeyOf,
  type IncomingRow,
  listBackorders,
  listIncoming,
} from '../../../../../projections/inventory-reservations/v1/goods-queries.js';
import {
  listTransferLines,
  transferLineKeyOf,
  type TransferLineRow,
} from '../../../../../projections/inventory-reservations/v1/transfer-queries.js';
import { ApiAnswer } from '../documentation/api-answers.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import { PagedReads } from '../reads/paged-reads.js';
import type { Page } from '../requests/page.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { backordersSchema, incomingSchema, transfersSchema } from './goods.answers.js';
import { BackordersQueryDto, IncomingQueryDto, TransfersQueryDto } from './goods.dto.js';

/** Goods that are not there: waited for, under way and to come. */
@ApiProblems(readProblemStatuses)
@ApiTags('stock')
@Controller('v1')
@UseInterceptors(ReadAfterInterceptor)
export class GoodsController {
  constructor(private readonly lists: PagedReads) {}

  @Get('backorders')
  @ApiOperation({ summary: 'What order lines wait for, item by item' })
  @ApiAnswer(backordersSchema)
  backorders(@Query() query: BackordersQueryDto): Promise<Page<BackorderRow>> {
    const { sku, node, order, all } = query;
    const filter = { sku, node, order, all: all === 'true' };
    return this.lists.page(sliceOf(query, 5), {
      rows: (client, slice) => listBackorders(client, filter, slice),
      keyOf: backorderKeyOf,
    });
  }

  @Get('incoming-stock')
  @ApiOperation({ summary: 'What purchase orders are to bring, item by item' })
  @ApiAnswer(incomingSchema)
  incoming(@Query() query: IncomingQueryDto): Promise<Page<IncomingRow>> {
    const { sku, node, all } = query;
    const filter = { sku, node, all: all === 'true' };
    return this.lists.page(sliceOf(query, 7), {
      rows: (client, slice) => listIncoming(client, filter, slice),
      keyOf: incomingKeyOf,
    });
  }

  @Get('transfers')
  @ApiOperation({ summary: 'Lines of transfers: requested, under way, short and over' })
  @ApiAnswer(transfersSchema)
  transfers(@Query() query: TransfersQueryDto): Promise<Page<TransferLineRow>> {
    const { list = 'open', transfer, sku, node, order } = query;
    const filter = { list, transfer, sku, node, order };
    return this.lists.page(sliceOf(query, 2), {
      rows: (client, slice) => listTransferLines(client, filter, slice),
      keyOf: transferLineKeyOf,
    });
  }
}
