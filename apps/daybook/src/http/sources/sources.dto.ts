import { Type } from 'class-transformer';
import { IsInt, IsOptional } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ListDto } from '../requests/read.dto.js';
import { IsReadableText } from '../requests/readable-text.js';

export class SetAuthorityDto {
  @ApiProperty({ example: 'PaymentCaptured' })
  @IsReadableText()
  eventType!: string;

  @ApiProperty({ description: 'The account that reports.', example: 'stripe.acct_1' })
  @IsReadableText()
  account!: string;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'The least rank counts first; 100 and above is a witness and no authority.',
  })
  @Type(() => Number)
  @IsInt()
  rank!: number;

  @ApiProperty({
    description: "A day of the account's zone, or an instant: it holds for what happened since.",
    example: '2026-03-01',
  })
  @IsReadableText()
  validFrom!: string;

  @ApiPropertyOptional({ description: 'Only for what is told of this legal entity.' })
  @IsOptional()
  @IsReadableText()
  legalEntity?: string;

  @ApiPropertyOptional({ description: 'Only for what came through this channel.' })
  @IsOptional()
  @IsReadableText()
  channel?: string;
}

export class CompletenessQueryDto extends ListDto {
  @ApiPropertyOptional({ description: 'Only this account.' })
  @IsOptional()
  @IsReadableText()
  source?: string;

  @ApiPropertyOptional({ description: 'Only this business day or batch.', example: '2026-03-10' })
  @IsOptional()
  @IsReadableText()
  day?: string;
}
