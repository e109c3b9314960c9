import { IsOptional } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ListDto } from './read.dto.js';
import { IsReadableText } from './readable-text.js';

/** What is listed of one thing, which the address names by its leaf or its id. */
export class ThingQueryDto extends ListDto {
  @ApiPropertyOptional({
    description: 'The account that issued the id in the address, where it is no leaf.',
  })
  @IsOptional()
  @IsReadableText()
  account?: string;
}
