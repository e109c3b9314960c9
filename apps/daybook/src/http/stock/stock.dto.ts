import { IsOptional } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { AtParameter } from '../requests/moment.js';
import { ListDto } from '../requests/read.dto.js';
import { PromiseByParameter } from './stock-clock.js';
import { IsReadableText } from '../requests/readable-text.js';

export class StockQueryDto extends ListDto {
  @ApiPropertyOptional({ description: 'Only the stock at this node.' })
  @IsOptional()
  @IsReadableText()
  node?: string;

  @PromiseByParameter()
  promiseBy?: string;

  @AtParameter()
  at?: string;
}

export class OversoldStockQueryDto extends ListDto {
  @PromiseByParameter()
  promiseBy?: string;
}
