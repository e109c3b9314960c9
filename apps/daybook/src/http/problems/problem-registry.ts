import { factRefusals } from '#events';
import { generationRefusals } from '#projection-engine';
import { writeRefusals } from '#recording';
import type { ProblemDefinition } from './problem-definition.js';
import { requestProblems } from './request-problems.js';

/** Every code an answer may carry: those of the request itself and those of each library. */
const registry = {
  ...factRefusals,
  ...writeRefusals,
  ...generationRefusals,
  ...requestProblems,
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemCode = keyof typeof registry;

export const problemCodes = Object.keys(registry).sort() as readonly ProblemCode[];

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(registry, code);
}

export function problemDefinitionOf(code: ProblemCode): ProblemDefinition {
  return registry[code];
}

/**
 * A library's code as one of the registry.
 * @throws Error where the registry lacks it: every library gives its codes to it.
 */
export function problemCodeOf(code: string): ProblemCode {
  if (isProblemCode(code)) return code;
  throw new Error(`The code ${code} is missing in the problem registry.`);
}
