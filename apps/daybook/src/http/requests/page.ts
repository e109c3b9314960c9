import { isWellFormedText } from '#kernel';

/** The most rows of one page, and how many it has where nobody says. */
export const pageRowsMax = 500;
export const pageRowsDefault = 100;

/** One page of a list; `next` is the cursor of the following one, or null behind the last. */
export interface Page<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
}

/** Writes the key of a page's last row as an opaque cursor. */
export function writeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/** Reads a cursor of `length` parts that the stores can hold, or returns undefined where it is none. */
export function readCursor(text: string, length: number): readonly string[] | undefined {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  const isKey =
    Array.isArray(key) &&
    key.length === length &&
    key.every((part) => typeof part === 'string' && isWellFormedText(part));
  return isKey ? (key as readonly string[]) : undefined;
}

/** A page from rows that were asked for with one more than the page holds. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly string[],
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? writeCursor(keyOf(last)) : null };
}
