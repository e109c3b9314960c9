import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type ErasureAnswer, Erasures, type ErasureResult } from '../../erasure/erasures.js';
import type { Attempt } from '../decisions/attempt.js';
import { ProblemError } from '../problems/problem.js';
import { problemCodeOf } from '../problems/problem-registry.js';
import { unavailableProblem } from '../problems/unavailable-problem.js';
import type { RequestErasureDto } from './erasures.dto.js';

export class RequestErasure extends Command<ErasureResult> {
  constructor(
    readonly attempt: Attempt,
    readonly request: RequestErasureDto,
  ) {
    super();
  }
}

/** Asks for an erasure, and carries it out where nothing stands against it. */
@CommandHandler(RequestErasure)
export class RequestErasureHandler implements ICommandHandler<RequestErasure> {
  constructor(private readonly erasures: Erasures) {}

  async execute({ attempt, request }: RequestErasure): Promise<ErasureResult> {
    return resultOf(await this.erasures.request(attempt, request));
  }
}

export class CompleteErasure extends Command<ErasureResult> {
  constructor(
    readonly erasureId: string,
    readonly now: boolean,
  ) {
    super();
  }
}

@CommandHandler(CompleteErasure)
export class CompleteErasureHandler implements ICommandHandler<CompleteErasure> {
  constructor(private readonly erasures: Erasures) {}

  async execute({ erasureId, now }: CompleteErasure): Promise<ErasureResult> {
    return resultOf(await this.erasures.complete(erasureId, now));
  }
}

function resultOf(answer: ErasureAnswer): ErasureResult {
  if (answer.outcome === 'done') return answer;
  if (answer.outcome === 'unavailable') throw unavailableProblem(answer);
  const { code, message, field } = answer;
  throw new ProblemError({
    code: problemCodeOf(code),
    detail: message,
    field,
    ...('persons' in answer ? { extensions: { persons: answer.persons } } : {}),
  });
}
