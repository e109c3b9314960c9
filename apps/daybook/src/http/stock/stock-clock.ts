import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { readInstant } from '#kernel';
import type { Moment } from '#projection-engine';
import type { StockClock } from '../../../../../projections/inventory-reservations/v1/queries.js';
import { ProblemError } from '../problems/problem.js';

const instantCharactersMax = 40;

/** The parameter that says by when goods have to be there to be promised. */
export function PromiseByParameter(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      description:
        'Goods that are confirmed to come in by this instant (RFC 3339, with its offset) count into ' +
        'availableToPromise; the instant of asking where it is left out.',
      example: '2026-03-14T18:00:00Z',
    }),
    IsOptional(),
    IsString(),
    Length(1, instantCharactersMax),
  );
}

/**
 * The instants stock is told by. What is kept until an instant is free from it on, so the past of an
 * instant is told by that instant; after a sequence, which is no time, by now.
 */
export function stockClockOf(promiseBy: string | undefined, at?: Moment): StockClock {
  const asOf = at?.kind === 'instant' ? at.instant : new Date().toISOString();
  if (promiseBy === undefined) return { asOf, promiseBy: asOf };
  const instant = readInstant(promiseBy, undefined);
  if (instant !== undefined) return { asOf, promiseBy: instant };
  throw new ProblemError({
    code: 'parameter_invalid',
    detail: 'promiseBy must be an instant with its offset such as 2026-03-14T18:00:00Z.',
    field: 'promiseBy',
  });
}
