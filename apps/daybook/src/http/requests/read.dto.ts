import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { pageRowsDefault, pageRowsMax } from './page.js';

/** How long a read may wait for the read models, and how long it waits where nobody says. */
export const waitMillisecondsMax = 30_000;
export const waitMillisecondsDefault = 5_000;

const tokenCharactersMax = 1_000;

/** What every read takes: the write it must be able to see. */
export class ReadDto {
  @ApiPropertyOptional({
    description: 'A Daybook-Position: the answer holds at least what is recorded up to there.',
  })
  @IsOptional()
  @IsString()
  @Length(1, tokenCharactersMax)
  after?: string;

  @ApiPropertyOptional({
    description: 'How long to wait for `after`, in milliseconds.',
    type: 'integer',
    minimum: 0,
    maximum: waitMillisecondsMax,
    default: waitMillisecondsDefault,
  })
  @IsOptional()
  @Type(() => Number)
  @Min(0)
  @Max(waitMillisecondsMax)
  @IsInt()
  wait?: number;
}

/** What every list takes besides. */
export class ListDto extends ReadDto {
  @ApiPropertyOptional({ description: 'The `next` of the page before.' })
  @IsOptional()
  @IsString()
  @Length(1, 4 * tokenCharactersMax)
  cursor?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: pageRowsMax,
    default: pageRowsDefault,
  })
  @IsOptional()
  @Type(() => Number)
  @Min(1)
  @Max(pageRowsMax)
  @IsInt()
  limit?: number;
}
