import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { balanceTransferCauses } from './balance-transfer-causes.js';
import { IsReadableText } from '../requests/readable-text.js';

/** The most characters of who asked; facts may say as many of who acted. */
const actorCharactersMax = 200;

/** What every decision of a person takes besides. */
export class PersonsDecisionDto {
  @ApiPropertyOptional({
    description: 'Who asks, as the client knows them: a role or a number, no name of a person.',
    maxLength: actorCharactersMax,
    example: 'role:service_lead',
  })
  @IsOptional()
  @IsString()
  @Length(1, actorCharactersMax)
  actor?: string;

  @ApiProperty({ description: "The approval's leaf.", example: 'approval-daybook:ap_1' })
  @IsReadableText()
  approval!: string;
}

export class MarkDuplicateDto extends PersonsDecisionDto {
  @ApiProperty({ description: 'The leaf of the duplicate.', example: 'order-oms:9001' })
  @IsReadableText()
  order!: string;

  @ApiProperty({ description: 'The leaf of the order that goes on.', example: 'order-shop:1001' })
  @IsReadableText()
  survivingOrder!: string;

  @ApiPropertyOptional({ example: 'captured_twice' })
  @IsOptional()
  @IsReadableText()
  reason?: string;
}

export class RevertMergeDto extends MarkDuplicateDto {
  @ApiProperty({
    description: 'The id of the event that merged them: a decision, or a tie of a source.',
  })
  @IsReadableText()
  mergedBy!: string;
}

export class SignedMoneyDto {
  @ApiProperty({
    type: 'integer',
    description: 'Minor units: above zero the debtor owes it, below zero it is owed to the debtor.',
  })
  @IsInt()
  minor!: number;

  @ApiProperty({ example: 'EUR' })
  @IsReadableText()
  currency!: string;
}

export class TransferBalanceDto extends PersonsDecisionDto {
  @ApiProperty({ description: 'The leaf of the order it goes from.', example: 'order-oms:9001' })
  @IsReadableText()
  order!: string;

  @ApiProperty({ description: 'The leaf of the order it goes to.', example: 'order-shop:1001' })
  @IsReadableText()
  toOrder!: string;

  @ApiProperty({ description: 'Names the transfer, once on the order it goes from.' })
  @IsReadableText()
  transfer!: string;

  @ApiProperty({ example: 'de01' })
  @IsReadableText()
  legalEntity!: string;

  @ApiProperty({ type: SignedMoneyDto })
  @IsObject()
  @ValidateNested()
  @Type(() => SignedMoneyDto)
  balance!: SignedMoneyDto;

  @ApiProperty({ enum: balanceTransferCauses })
  @IsIn(balanceTransferCauses)
  cause!: string;
}

export class ResolveVarianceDto extends PersonsDecisionDto {
  @ApiProperty({ description: "The transfer's leaf.", example: 'transfer-erp:t1' })
  @IsReadableText()
  transfer!: string;

  @ApiProperty()
  @IsReadableText()
  line!: string;

  @ApiProperty({ description: 'Names this resolution, once on the line.' })
  @IsReadableText()
  resolution!: string;

  @ApiProperty()
  @IsReadableText()
  sku!: string;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Units that came after all.' })
  @IsInt()
  found!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Units that are gone.' })
  @IsInt()
  lost!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Units that came to another node.' })
  @IsInt()
  misshipped!: number;

  @ApiProperty({ example: 'piece' })
  @IsReadableText()
  uom!: string;
}
