import { IsIn, IsOptional } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  payoutStates,
  type PayoutState,
} from '../../../../../projections/money-balances/v1/list-queries.js';
import type { Language } from '../../../../../projections/order-timeline/v1/wording/index.js';
import { FlagParameter, type FlagText } from '../requests/flag-parameter.js';
import { LanguageParameter } from '../requests/language-parameter.js';
import { ListDto } from '../requests/read.dto.js';
import { IsReadableText } from '../requests/readable-text.js';

export class GiftCardsQueryDto extends ListDto {
  @FlagParameter('Only cards that paid more than was ever on them.')
  overdrawn?: FlagText;

  @LanguageParameter()
  language?: Language;
}

export class PayoutsQueryDto extends ListDto {
  @ApiPropertyOptional({
    description:
      '`matched`: the bank got what the lines come to; `awaited`: nothing came in yet; ' +
      '`unexplained`: no lines are reported; `differs`: both are told and are not equal.',
    enum: payoutStates,
  })
  @IsOptional()
  @IsIn(payoutStates)
  state?: PayoutState;

  @ApiPropertyOptional({ description: 'Only of this legal entity.' })
  @IsOptional()
  @IsReadableText()
  legalEntity?: string;

  @ApiPropertyOptional({ description: 'Only in this currency.', example: 'EUR' })
  @IsOptional()
  @IsReadableText()
  currency?: string;
}

export class TillsQueryDto extends ListDto {
  @ApiPropertyOptional({ description: 'Only this till: the leaf of a store and its business day.' })
  @IsOptional()
  @IsReadableText()
  till?: string;

  @FlagParameter('Only counts that are over or short.')
  off?: FlagText;
}

export class ContractsQueryDto extends ListDto {
  @ApiPropertyOptional({ description: 'Only the contract of this order, by its leaf.' })
  @IsOptional()
  @IsReadableText()
  contract?: string;

  @ApiPropertyOptional({ description: 'Only of this legal entity.' })
  @IsOptional()
  @IsReadableText()
  legalEntity?: string;

  @FlagParameter('Also contracts that are finished.')
  all?: FlagText;
}
