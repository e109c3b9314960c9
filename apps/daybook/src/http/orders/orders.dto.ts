import { IsOptional, Matches } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { accountPattern } from '#events';
import { AtParameter } from '../requests/moment.js';
import { ListDto, ReadDto } from '../requests/read.dto.js';
import { IsReadableText } from '../requests/readable-text.js';

const accountComplaint = `account must match ${accountPattern.source}`;
const accountDescription = 'The account that issued the id; left out where the id is a leaf.';

export class OrderQueryDto extends ReadDto {
  @ApiPropertyOptional({ description: accountDescription, example: 'shopify.store_eu' })
  @IsOptional()
  @Matches(accountPattern, { message: accountComplaint })
  account?: string;

  @AtParameter()
  at?: string;
}

export class TimelineQueryDto extends ListDto {
  @ApiPropertyOptional({ description: accountDescription, example: 'shopify.store_eu' })
  @IsOptional()
  @Matches(accountPattern, { message: accountComplaint })
  account?: string;

  @AtParameter()
  at?: string;
}

export class FindingsQueryDto extends ListDto {
  @ApiPropertyOptional({ description: 'Only findings with this code.' })
  @IsOptional()
  @IsReadableText()
  code?: string;
}
