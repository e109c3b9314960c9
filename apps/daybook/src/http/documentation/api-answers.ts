import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { accountPattern } from '#events';
import type { ApprovalNotice } from '../decisions/approval-notices.js';
import type { DecisionAnswer } from '../decisions/decision-answer.js';
import {
  type AnswerSchema,
  flag,
  listOf,
  objectOf,
  oneOf,
  orNull,
  text,
  whole,
} from './answer-schema.js';
import { ApiProblems, decisionProblemStatuses, positionHeaders } from './api-problems.js';

interface AnswerParts {
  readonly status?: number;
  readonly description?: string;
  /** Whether it carries the header of what was written. */
  readonly isWritten?: boolean;
}

/** Describes the body of a successful answer. */
export function ApiAnswer(
  schema: AnswerSchema,
  { status = 200, description = '', isWritten = false }: AnswerParts = {},
): MethodDecorator & ClassDecorator {
  return ApiResponse({
    status,
    description,
    ...(isWritten ? { headers: positionHeaders } : {}),
    content: { 'application/json': { schema } },
  });
}

/** Describes an answer that is a text for people or for a collector. */
export function ApiTextAnswer(mediaType: string): MethodDecorator {
  return ApiResponse({ status: 200, description: '', content: { [mediaType]: { schema: text } } });
}

type DecidedEvent = DecisionAnswer['events'][number];

const decisionSchema = objectOf<DecisionAnswer>({
  outcome: oneOf('accepted'),
  repeated: flag,
  leaf: text,
  eventId: text,
  events: listOf(objectOf<DecidedEvent>({ eventId: text, revision: whole })),
  position: orNull(text),
  notice: orNull(
    objectOf<ApprovalNotice>({ approval: text, finding: oneOf('approval_missing'), message: text }),
  ),
});

/** Describes a command that is decided: who asks, under which key, and what is answered. */
export function ApiDecision(): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'Daybook-Client',
      required: true,
      description: 'The account that asks.',
      schema: { type: 'string', pattern: accountPattern.source },
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'The same for a repeat of this command, and for no other. A refusal is final.',
    }),
    ApiAnswer(decisionSchema, { status: 201, description: 'Accepted.', isWritten: true }),
    ApiAnswer(decisionSchema, {
      description: 'A repeat of a command that was accepted.',
      isWritten: true,
    }),
    ApiProblems(decisionProblemStatuses),
  );
}
