import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { instantFromMilliseconds, isDate } from '#kernel';
import { ProblemError } from '../problems/problem.js';
import { readMoment } from './read-moment.js';

const clockCharactersMax = 40;

/** The parameter of reads that compare dates with a clock. */
export function ClockParameter(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      description:
        'The day or instant (RFC 3339) that due dates are compared with, where it is not now: a day ' +
        'stands for its end in UTC.',
      example: '2026-03-05',
    }),
    IsOptional(),
    IsString(),
    Length(1, clockCharactersMax),
  );
}

/** The instant that due dates are compared with: now where nothing is said. */
export function clockOf(text: string | undefined): string {
  if (text === undefined) return instantFromMilliseconds(Date.now());
  if (isDate(text)) return `${text}T23:59:59.999Z`;
  const moment = readMoment(text);
  if (moment?.kind === 'instant') return moment.instant;
  throw new ProblemError({
    code: 'parameter_invalid',
    detail:
      'clock must be a day such as 2026-03-05, or an instant with its offset such as ' +
      '2026-03-05T09:00:00Z; in an address "+" is written %2B.',
    field: 'clock',
  });
}
