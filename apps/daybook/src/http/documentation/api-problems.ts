import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { problemMediaType } from '../problems/problem.js';
import { positionHeader } from '../reads/position-tokens.js';
import { problemCodes, problemDefinitionOf } from '../problems/problem-registry.js';

/** The statuses of reading, of recording facts and of deciding, besides success. */
export const readProblemStatuses = [400, 404, 503, 504] as const;
export const factProblemStatuses = [400, 409, 413, 422, 503] as const;
export const decisionProblemStatuses = [400, 404, 409, 413, 422, 503] as const;

/** The header of what was written, for the description of an answer. */
export const positionHeaders = {
  [positionHeader]: {
    description: 'Hand it back as `after` to read what was written.',
    schema: { type: 'string' },
  },
} as const;

/** Describes refusals as the RFC 9457 problems they are, each status with the codes that have it. */
export function ApiProblems(statuses: readonly number[]): ClassDecorator & MethodDecorator {
  return applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({
        status,
        ...problemAnswer({ type: 'integer', enum: [status] }, codesWith(status)),
      }),
    ),
  );
}

/**
 * What any route may answer besides what it names: that it is not for this origin, that a parameter is
 * wrong, or that something failed.
 */
export const anyProblem = problemAnswer({ type: 'integer' }, problemCodes);

function problemAnswer(status: object, codes: readonly string[]) {
  return {
    description: 'A problem (RFC 9457); `/problems/{code}` says what to do.',
    content: { [problemMediaType]: { schema: problemSchema(status, codes) } },
  };
}

function problemSchema(status: object, codes: readonly string[]) {
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code'],
    properties: {
      type: { type: 'string', format: 'uri-reference' },
      title: { type: 'string' },
      status,
      detail: { type: 'string' },
      code: { type: 'string', enum: [...codes] },
      field: { type: 'string', description: 'The field, header or parameter at fault.' },
    },
  };
}

function codesWith(status: number): string[] {
  return problemCodes.filter((code) => problemDefinitionOf(code).status === status);
}
