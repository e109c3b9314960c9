import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { languageNames } from '../../../../../projections/order-timeline/v1/wording/index.js';

/** The language of words, where the header `Accept-Language` is not to decide. */
export function LanguageParameter(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      description: 'The language of what is told; else that of `Accept-Language`.',
      enum: languageNames,
    }),
    IsOptional(),
    IsIn(languageNames),
  );
}
