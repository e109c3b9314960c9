import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import type { Moment } from '#projection-engine';
import { ProblemError } from '../problems/problem.js';
import { readMoment } from './read-moment.js';

const momentCharactersMax = 40;

/** The parameter of reads that can tell the past. */
export function AtParameter(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      description:
        'The answer as it was: after the event of this sequence, or at this instant (RFC 3339, with ' +
        'its offset), which is the last event by which nothing was recorded later than that.',
      example: '2026-03-01T09:00:00Z',
    }),
    IsOptional(),
    IsString(),
    Length(1, momentCharactersMax),
  );
}

/** Reads what `at` says, or undefined where it is left out. */
export function momentOf(text: string | undefined): Moment | undefined {
  if (text === undefined) return undefined;
  const moment = readMoment(text);
  if (moment !== undefined) return moment;
  throw new ProblemError({
    code: 'parameter_invalid',
    detail:
      'at must be a sequence such as 1042, or an instant with its offset such as ' +
      '2026-03-01T09:00:00Z; in an address "+" is written %2B.',
    field: 'at',
  });
}
