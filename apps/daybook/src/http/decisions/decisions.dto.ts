import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type CreditBasis, creditBases } from '#events';
import { IsReadableText } from '../requests/readable-text.js';

/** The most lines of one command: all of them are written at once. */
export const commandLinesMax = 500;

/** As the catalogue lists them; the catalogue is what an owner is checked against. */
const ownerKinds = ['legal_entity', 'consignment_supplier', 'concession', 'logistics_customer'];

export class OwnerDto {
  @ApiProperty({ enum: ownerKinds })
  @IsReadableText()
  kind!: string;

  @ApiProperty({ example: 'entity-eu' })
  @IsReadableText()
  id!: string;
}

export class AllocationLineDto {
  @ApiProperty({ description: 'Names the line within the allocation.' })
  @IsReadableText()
  line!: string;

  @ApiProperty({ description: "The order's leaf.", example: 'order-shop:1001' })
  @IsReadableText()
  order!: string;

  @ApiProperty()
  @IsReadableText()
  orderLine!: string;

  @ApiProperty({ type: OwnerDto })
  @IsObject()
  @ValidateNested()
  @Type(() => OwnerDto)
  owner!: OwnerDto;

  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  qty!: number;

  @ApiProperty({ example: 'piece' })
  @IsReadableText()
  uom!: string;

  @ApiPropertyOptional({
    description: 'The soft reservation that keeps these units; reservationLine goes with it.',
  })
  @IsOptional()
  @IsReadableText()
  reservation?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsReadableText()
  reservationLine?: string;
}

export class AllocateStockDto {
  @ApiProperty()
  @IsReadableText()
  sku!: string;

  @ApiProperty()
  @IsReadableText()
  node!: string;

  @ApiProperty({ description: 'The system whose word on reservations counts at this node.' })
  @IsReadableText()
  authority!: string;

  @ApiProperty({ description: 'Names the allocation, the same for every line.' })
  @IsReadableText()
  allocation!: string;

  @ApiProperty({ type: [AllocationLineDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(commandLinesMax)
  @ValidateNested({ each: true })
  @Type(() => AllocationLineDto)
  lines!: AllocationLineDto[];
}

export class DeallocationLineDto {
  @ApiProperty({ description: 'The line of the allocation.' })
  @IsReadableText()
  line!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  qty!: number;

  @ApiProperty({ example: 'piece' })
  @IsReadableText()
  uom!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  reason?: string;
}

export class DeallocateStockDto {
  @ApiProperty()
  @IsReadableText()
  sku!: string;

  @ApiProperty()
  @IsReadableText()
  node!: string;

  @ApiProperty({ description: 'As the allocation names it.' })
  @IsReadableText()
  authority!: string;

  @ApiProperty()
  @IsReadableText()
  allocation!: string;

  @ApiProperty({ description: 'Names this deallocation.' })
  @IsReadableText()
  deallocation!: string;

  @ApiProperty({ type: [DeallocationLineDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(commandLinesMax)
  @ValidateNested({ each: true })
  @Type(() => DeallocationLineDto)
  lines!: DeallocationLineDto[];
}

export class MoneyDto {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Minor units.' })
  @IsInt()
  minor!: number;

  @ApiProperty({ example: 'EUR' })
  @IsReadableText()
  currency!: string;
}

export class CreditLineDto {
  @ApiProperty({ type: MoneyDto })
  @IsObject()
  @ValidateNested()
  @Type(() => MoneyDto)
  net!: MoneyDto;

  @ApiProperty({ type: MoneyDto })
  @IsObject()
  @ValidateNested()
  @Type(() => MoneyDto)
  tax!: MoneyDto;

  @ApiPropertyOptional({ description: 'The order line that is credited, where it is one.' })
  @IsOptional()
  @IsReadableText()
  line?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1 })
  @IsOptional()
  @IsInt()
  qty?: number;
}

export class GrantCreditDto {
  @ApiProperty({ description: "The order's leaf.", example: 'order-shop:1001' })
  @IsReadableText()
  order!: string;

  @ApiProperty()
  @IsReadableText()
  creditMemo!: string;

  @ApiProperty()
  @IsReadableText()
  legalEntity!: string;

  @ApiProperty({ example: 'EUR' })
  @IsReadableText()
  currency!: string;

  @ApiProperty({ enum: creditBases })
  @IsIn([...creditBases])
  basis!: CreditBasis;

  @ApiProperty({ type: [CreditLineDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(commandLinesMax)
  @ValidateNested({ each: true })
  @Type(() => CreditLineDto)
  lines!: CreditLineDto[];

  @ApiPropertyOptional({ type: MoneyDto, description: 'What is kept back.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => MoneyDto)
  fee?: MoneyDto;

  @ApiPropertyOptional({ description: "The return's leaf." })
  @IsOptional()
  @IsReadableText()
  returnRef?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsReadableText()
  approvalId?: string;
}
