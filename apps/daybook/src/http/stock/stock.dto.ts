import { IsOptional } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { AtParameter } from '../requests/moment.js';
import { ListDto } from '../requests/read.dto.js';
import { IsReadableText } from '../requests/readable-text.js';

export class StockQueryDto extends ListDto {
  @ApiPropertyOptional({ description: 'Only the stock at this node.' })
  @IsOptional()
  @IsReadableText()
  node?: string;

  @AtParameter()
  at?: string;
}
