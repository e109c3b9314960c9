import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

export const flagValues = ['true', 'false'] as const;
export type FlagText = (typeof flagValues)[number];

/** A parameter that is `true` or `false`; false where it is left out. */
export function FlagParameter(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description, enum: flagValues, default: 'false' }),
    IsOptional(),
    IsIn(flagValues),
  );
}
