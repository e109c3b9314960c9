import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { messageOf } from '../../composition/start-error.js';
import { problemDocument, ProblemError, problemMediaType, type ProblemParts } from './problem.js';
import { problemDefinitionOf } from './problem-registry.js';
import { storeProblemOf } from './store-failures.js';

/** After how long whoever was told that a store is away may ask again. */
export const retryAfterSeconds = 2;

/** Answers every failure as an RFC 9457 problem, and logs those that are our own. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = problemOf(error);
    const document = problemDocument(problem);
    if (document.status >= 500) {
      // The query string is left out: it may hold what a customer is looked up by.
      const route = `${request.method} ${request.path}`;
      // Whoever asks whether we are ready is told that we are not; that is no failure of ours.
      const level = problem.code === 'not_ready' ? 'info' : 'error';
      // Where in the program a store was found to be away says nothing; of our own errors it does.
      const isOurs = problem.code === 'internal_error';
      const cause = isOurs ? { err: error } : { reason: messageOf(error) };
      this.#logger[level]({ ...cause, code: problem.code, route }, problem.detail);
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.retryAfterSeconds !== undefined) {
      response.setHeader('Retry-After', String(problem.retryAfterSeconds));
    }
    response.status(document.status).type(problemMediaType).send(JSON.stringify(document));
  }
}

function problemOf(error: unknown): ProblemParts {
  if (error instanceof ProblemError) return error.parts;
  const code = storeProblemOf(error);
  if (code !== undefined) {
    return { code, detail: problemDefinitionOf(code).text, retryAfterSeconds };
  }
  const status = clientErrorStatusOf(error);
  if (status !== undefined && error instanceof Error) {
    return {
      code: status === 404 ? 'route_not_found' : 'parameter_invalid',
      detail: error.message,
    };
  }
  return {
    code: 'internal_error',
    detail: 'The request could not be answered because of an error of Daybook itself.',
  };
}

/** The status of what Nest and Express refuse by themselves, such as a malformed `%` in an address. */
function clientErrorStatusOf(error: unknown): number | undefined {
  let status: unknown;
  if (error instanceof HttpException) status = error.getStatus();
  else if (error instanceof URIError) status = 400;
  else if (error instanceof Error && 'status' in error) status = error.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
