import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { pageRowsDefault, pageRowsMax } from '../requests/page.js';
import { ReadDto } from '../requests/read.dto.js';

/** The store itself is read, so the answer holds whatever `after` names without waiting. */
export class StreamQueryDto extends ReadDto {
  @ApiPropertyOptional({ description: 'The first revision.', minimum: 0, default: 0 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  from?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: pageRowsMax, default: pageRowsDefault })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(pageRowsMax)
  limit?: number;
}
