import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const generationMax = 2_147_483_647;
export const differencesMax = 1_000;
export const differencesDefault = 100;

/** A parameter that names a build, which must be there. */
function BuildParameter(field: string): PropertyDecorator {
  const message = `${field} must be the number of a build; GET /v1/projections lists them`;
  return applyDecorators(
    ApiProperty({ type: 'integer', minimum: 1, maximum: generationMax }),
    Type(() => Number),
    IsInt({ message }),
    Min(1, { message }),
    Max(generationMax, { message }),
  );
}

export class GenerationDto {
  @BuildParameter('generation')
  generation!: number;
}

export class RollbackDto {
  @ApiPropertyOptional({
    description: 'The build to go back from; nothing is done where another one is read.',
    type: 'integer',
    minimum: 1,
    maximum: generationMax,
  })
  @IsOptional()
  @Type(() => Number)
  @Min(1)
  @Max(generationMax)
  @IsInt()
  from?: number;
}

export class ProjectionDiffDto {
  @BuildParameter('first')
  first!: number;

  @BuildParameter('second')
  second!: number;

  @ApiPropertyOptional({
    description: 'How many differing rows are listed; all are counted.',
    type: 'integer',
    minimum: 0,
    maximum: differencesMax,
    default: differencesDefault,
  })
  @IsOptional()
  @Type(() => Number)
  @Min(0)
  @Max(differencesMax)
  @IsInt()
  limit?: number;
}
