import { ValidateBy } from 'class-validator';
import { isWellFormedText } from '#kernel';
import { ProblemError } from '../problems/problem.js';

/** The most characters a name may have in an address or a query. */
export const nameCharactersMax = 2_000;

function isReadable(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= nameCharactersMax &&
    isWellFormedText(value)
  );
}

const complaint = `must be text of 1 to ${nameCharactersMax} characters without U+0000 or a lone surrogate`;

/** Text that may be looked for in the stores: they can hold it. */
export function IsReadableText(): PropertyDecorator {
  return ValidateBy({
    name: 'isReadableText',
    validator: { validate: isReadable, defaultMessage: () => complaint },
  });
}

/** The same check for a part of the address. */
export function readableText(value: string, field: string): string {
  if (isReadable(value)) return value;
  throw new ProblemError({ code: 'parameter_invalid', detail: `${field} ${complaint}.`, field });
}
