import { IsIn, IsOptional, Matches } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { type FindingCode, findingCodes } from '#domain';
import { accountPattern } from '#events';
import type { Language } from '../../../../../projections/order-timeline/v1/wording/index.js';
import { ClockParameter } from '../requests/clock.js';
import { LanguageParameter } from '../requests/language-parameter.js';
import { AtParameter } from '../requests/moment.js';
import { ListDto, ReadDto } from '../requests/read.dto.js';
import { type Audience, audiences } from './audiences.js';

export type { Audience };

const accountComplaint = `account must match ${accountPattern.source}`;
const accountDescription = 'The account that issued the id; left out where the id is a leaf.';

export class OrderQueryDto extends ReadDto {
  @ApiPropertyOptional({ description: accountDescription, example: 'shopify.store_eu' })
  @IsOptional()
  @Matches(accountPattern, { message: accountComplaint })
  account?: string;

  @AtParameter()
  at?: string;

  @ClockParameter()
  clock?: string;

  @LanguageParameter()
  language?: Language;
}

export class TimelineQueryDto extends ListDto {
  @ApiPropertyOptional({ description: accountDescription, example: 'shopify.store_eu' })
  @IsOptional()
  @Matches(accountPattern, { message: accountComplaint })
  account?: string;

  @AtParameter()
  at?: string;

  @ApiPropertyOptional({
    description:
      'Whom it is told: `internal` has everything, `customer` only what a customer may be told, in ' +
      'words for customers.',
    enum: audiences,
    default: 'internal',
  })
  @IsOptional()
  @IsIn(audiences)
  audience?: Audience;

  @ApiPropertyOptional({
    description:
      'Only what is new since this sequence of the ledger, or with `contact` since the last contact ' +
      'with the customer.',
    example: '1042',
  })
  @IsOptional()
  @Matches(/^(?:\d{1,15}|contact)$/, {
    message: 'since must be a sequence such as 1042, or contact',
  })
  since?: string;

  @ApiPropertyOptional({
    description:
      'With `true` each entry is a line of its own: other witnesses, repeats and what was replaced ' +
      'or annulled are not told under another one.',
    enum: ['true', 'false'],
    default: 'false',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  all?: 'true' | 'false';

  @LanguageParameter()
  language?: Language;
}

export class FindingsQueryDto extends ListDto {
  @ApiPropertyOptional({ description: 'Only findings with this code.', enum: findingCodes })
  @IsOptional()
  @IsIn(findingCodes)
  code?: FindingCode;

  @LanguageParameter()
  language?: Language;
}
