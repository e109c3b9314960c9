import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Request } from 'express';
import { from, type Observable, switchMap } from 'rxjs';
import { ProblemError } from '../problems/problem.js';
import { ReadAfter } from '../reads/read-after.js';
import { ReadDto, waitMillisecondsDefault } from './read.dto.js';

/** Holds a read back until the read models have what `after` names. */
@Injectable()
export class ReadAfterInterceptor implements NestInterceptor {
  constructor(private readonly readAfter: ReadAfter) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { after, wait } = readParameters(context.switchToHttp().getRequest<Request>());
    if (after === undefined) return next.handle();
    const reached = this.readAfter.wait(after, wait ?? waitMillisecondsDefault);
    return from(reached).pipe(switchMap(() => next.handle()));
  }
}

/** Interceptors run before the pipes, so the two parameters are checked here already. */
function readParameters({ query }: Request): ReadDto {
  if (query['after'] === undefined && query['wait'] === undefined) return new ReadDto();
  const parameters = plainToInstance(ReadDto, { after: query['after'], wait: query['wait'] });
  const [error] = validateSync(parameters);
  if (!error) return parameters;
  const [message = 'is invalid'] = Object.values(error.constraints ?? {});
  throw new ProblemError({
    code: 'parameter_invalid',
    detail: `${message}.`,
    field: error.property,
  });
}
