import { IsIn, IsOptional } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type FindingCode, findingCodes } from '#domain';
import { type Blocker, blockers } from '../../../../../projections/order-timeline/v1/blockers.js';
import {
  orderLists,
  type OrderListName,
} from '../../../../../projections/order-timeline/v1/list-queries.js';
import { type Owner, owners } from '../../../../../projections/order-timeline/v1/next-step.js';
import {
  type OrderStatus,
  orderStatuses,
} from '../../../../../projections/order-timeline/v1/status.js';
import { ClockParameter } from '../requests/clock.js';
import { ListDto } from '../requests/read.dto.js';
import { IsReadableText } from '../requests/readable-text.js';

export class OrdersQueryDto extends ListDto {
  @ApiPropertyOptional({
    description:
      '`promise-broken`: open though the promised day or instant is over; `paid-not-shipped`: paid ' +
      'and not wholly sent; `refund-owed`: money is to go back.',
    enum: orderLists,
  })
  @IsOptional()
  @IsIn(orderLists)
  list?: OrderListName;

  @ApiPropertyOptional({
    description: 'Only orders with a finding of this code.',
    enum: findingCodes,
  })
  @IsOptional()
  @IsIn(findingCodes)
  finding?: FindingCode;

  @ApiPropertyOptional({ description: 'Only orders of this status.', enum: orderStatuses })
  @IsOptional()
  @IsIn(orderStatuses)
  status?: OrderStatus;

  @ApiPropertyOptional({ description: 'Only orders that wait for this owner.', enum: owners })
  @IsOptional()
  @IsIn(owners)
  nextOwner?: Owner;

  @ApiPropertyOptional({ description: 'Only orders with this blocker.', enum: blockers })
  @IsOptional()
  @IsIn(blockers)
  blockedBy?: Blocker;

  @ApiPropertyOptional({ description: 'Only orders of this channel.', example: 'web' })
  @IsOptional()
  @IsReadableText()
  channel?: string;

  @ClockParameter()
  clock?: string;
}

export class OrphansQueryDto extends ListDto {}

export class SearchQueryDto extends ListDto {
  @ApiProperty({
    description:
      'A leaf; the id of an order, payment, shipment, return or other thing as any source wrote it; ' +
      'a tracking number, receipt, external id or case; the last four digits of a card or gift card; ' +
      'the key of the customer who owes it, as its source names them; an e-mail address or a ' +
      'telephone number.',
    example: '00340434161094000001',
  })
  @IsReadableText()
  text!: string;
}
