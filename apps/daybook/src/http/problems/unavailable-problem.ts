import type { Unavailable } from '#recording';
import { ProblemError } from './problem.js';
import { retryAfterSeconds } from './problem-filter.js';
import { problemCodeOf } from './problem-registry.js';

/** The problem of a write about which nothing can be said now. */
export function unavailableProblem({ code, message }: Unavailable): ProblemError {
  return new ProblemError({ code: problemCodeOf(code), detail: message, retryAfterSeconds });
}
