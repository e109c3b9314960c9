import { IsBoolean, IsOptional, Matches } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ListDto } from '../requests/read.dto.js';
import { IsReadableText } from '../requests/readable-text.js';

export class RequestErasureDto {
  @ApiProperty({
    description:
      "A person's name, an order's leaf, an e-mail address or a telephone number. It is not kept.",
    example: 'customer:shop.eu:c-17',
  })
  @IsReadableText()
  subject!: string;

  @ApiPropertyOptional({ description: 'All persons that are found, where there are several.' })
  @IsOptional()
  @IsBoolean()
  all?: boolean;

  @ApiPropertyOptional({ format: 'date', example: '2027-12-31' })
  @IsOptional()
  @Matches(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, {
    message: 'deferUntil must be a day YYYY-MM-DD',
  })
  deferUntil?: string;

  @ApiPropertyOptional({ description: 'Why the data may be kept until then; names nobody.' })
  @IsOptional()
  @IsReadableText()
  legalBasis?: string;

  @ApiPropertyOptional({ description: 'Erase though orders are open or a deferral stands.' })
  @IsOptional()
  @IsBoolean()
  now?: boolean;
}

export class CompleteErasureDto {
  @ApiPropertyOptional({ description: 'Erase though orders are open or a deferral stands.' })
  @IsOptional()
  @IsBoolean()
  now?: boolean;
}

export class ErasuresQueryDto extends ListDto {}
