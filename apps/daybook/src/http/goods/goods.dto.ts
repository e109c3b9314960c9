import { IsIn, IsOptional } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  transferLists,
  type TransferListName,
} from '../../../../../projections/inventory-reservations/v1/transfer-queries.js';
import { FlagParameter, type FlagText } from '../requests/flag-parameter.js';
import { ListDto } from '../requests/read.dto.js';
import { IsReadableText } from '../requests/readable-text.js';

class GoodsQueryDto extends ListDto {
  @ApiPropertyOptional({ description: 'Only this item.' })
  @IsOptional()
  @IsReadableText()
  sku?: string;

  @ApiPropertyOptional({ description: 'Only at this node; of transfers also from it or to it.' })
  @IsOptional()
  @IsReadableText()
  node?: string;
}

export class IncomingQueryDto extends GoodsQueryDto {
  @FlagParameter('Also what has come in or was given up.')
  all?: FlagText;
}

export class BackordersQueryDto extends IncomingQueryDto {
  @ApiPropertyOptional({ description: 'Only of this order, by its leaf.' })
  @IsOptional()
  @IsReadableText()
  order?: string;
}

export class TransfersQueryDto extends GoodsQueryDto {
  @ApiPropertyOptional({
    description:
      '`open`: requested or under way; `in-transit`: sent and not come in; `short`: the receiving ' +
      'node told of fewer than were sent; `over`: more came in than was sent.',
    enum: transferLists,
    default: 'open',
  })
  @IsOptional()
  @IsIn(transferLists)
  list?: TransferListName;

  @ApiPropertyOptional({ description: 'Only this transfer, by its leaf.' })
  @IsOptional()
  @IsReadableText()
  transfer?: string;

  @ApiPropertyOptional({ description: 'Only for this order, by its leaf.' })
  @IsOptional()
  @IsReadableText()
  order?: string;
}
