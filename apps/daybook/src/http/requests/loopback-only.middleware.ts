import type { NextFunction, Request, Response } from 'express';
import { ProblemError } from '../problems/problem.js';

const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Refuses what a web page of another site makes a browser on this machine send. The API has no
 * authentication and trusts whoever is on the machine, so a foreign page must neither write through
 * it (its Origin is foreign) nor read from it under a name it points to 127.0.0.1 (the Host is).
 */
export function loopbackOnly(request: Request, _response: Response, next: NextFunction): void {
  const { host, origin } = request.headers;
  if (!isLoopback(`http://${host ?? ''}`) || (origin !== undefined && !isLoopback(origin))) {
    throw new ProblemError({
      code: 'origin_refused',
      detail: 'The request names another host or origin than this machine.',
      field: origin === undefined ? 'Host' : 'Origin',
    });
  }
  next();
}

function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && loopbackNames.has(new URL(origin).hostname);
}
