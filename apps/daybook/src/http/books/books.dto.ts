import { IsIn, IsOptional, Matches } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { AtParameter } from '../requests/moment.js';
import { ListDto } from '../requests/read.dto.js';
import { IsReadableText } from '../requests/readable-text.js';

const periodPattern = /^(?:\d{4}-(?:0[1-9]|1[0-2])|undated)$/;
const periodDescription = 'A month such as 2017-11, or `undated`.';

export class EntriesQueryDto extends ListDto {
  @ApiPropertyOptional({ description: "The contract: an order's leaf." })
  @IsOptional()
  @IsReadableText()
  contract?: string;

  @ApiPropertyOptional({ description: periodDescription })
  @IsOptional()
  @Matches(periodPattern, { message: 'period must be YYYY-MM or undated' })
  period?: string;

  @ApiPropertyOptional({ enum: ['complete', 'incomplete'] })
  @IsOptional()
  @IsIn(['complete', 'incomplete'])
  status?: string;

  @AtParameter()
  at?: string;
}

export class TrialBalanceQueryDto extends ListDto {
  @ApiPropertyOptional({ description: periodDescription })
  @IsOptional()
  @Matches(periodPattern, { message: 'period must be YYYY-MM or undated' })
  period?: string;

  @AtParameter()
  at?: string;
}
