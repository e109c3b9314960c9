import { ProblemError } from '../problems/problem.js';
import { pageRowsDefault, readCursor } from './page.js';
import type { ListDto } from './read.dto.js';

/** Where a list goes on and how many rows are wanted. */
export interface Slice {
  readonly after: readonly string[] | undefined;
  readonly limit: number;
}

/**
 * Reads the slice a request asks for.
 *
 * @param keyLength how many parts the keys of this list have
 * @param isKey whether these parts can be one, where not every text can
 */
export function sliceOf(
  query: ListDto,
  keyLength: number,
  isKey: (key: readonly string[]) => boolean = () => true,
): Slice {
  const limit = query.limit ?? pageRowsDefault;
  if (query.cursor === undefined) return { after: undefined, limit };
  const after = readCursor(query.cursor, keyLength);
  if (after === undefined || !isKey(after)) {
    throw new ProblemError({
      code: 'cursor_invalid',
      detail: 'The cursor was not written by this list.',
      field: 'cursor',
    });
  }
  return { after, limit };
}
