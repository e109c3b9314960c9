import { ProblemError } from '../problems/problem.js';
import { pageRowsDefault, readCursor } from './page.js';
import type { ListDto } from './read.dto.js';

/** Where a list goes on and how many rows are wanted. */
export interface Slice {
  readonly after: readonly string[] | undefined;
  readonly limit: number;
}

/** Reads the slice a request asks for; the keys of this list have `keyLength` parts. */
export function sliceOf(query: ListDto, keyLength: number): Slice {
  const limit = query.limit ?? pageRowsDefault;
  if (query.cursor === undefined) return { after: undefined, limit };
  const after = readCursor(query.cursor, keyLength);
  if (after === undefined) {
    throw new ProblemError({
      code: 'cursor_invalid',
      detail: 'The cursor was not written by this list.',
      field: 'cursor',
    });
  }
  return { after, limit };
}
