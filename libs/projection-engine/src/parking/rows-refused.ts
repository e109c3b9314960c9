import { DatabaseError } from 'pg';

/**
 * Classes of SQLSTATE by which PostgreSQL says that it cannot hold a value or a row: data exceptions,
 * violated constraints, limits such as that of an index row.
 */
const refusingClasses: ReadonlySet<string> = new Set(['22', '23', '54']);

/** A fact cannot be written as state: the definition fails to pack its event. */
export class PackingError extends Error {
  override readonly name = 'PackingError';
}

/** Facts or rows of a batch cannot be held; nothing of it was written. */
export class RowsRefusedError extends Error {
  override readonly name = 'RowsRefusedError';

  constructor(
    /** The sequence behind the last event of the batch. */
    readonly upTo: number,
    cause: unknown,
  ) {
    super(refusalOf(cause) ?? String(cause), { cause });
  }
}

/** Why a fact or row cannot be held; undefined where an error says no such thing. */
export function refusalOf(error: unknown): string | undefined {
  if (error instanceof PackingError) return error.message;
  if (!(error instanceof DatabaseError) || error.code === undefined) return undefined;
  if (!refusingClasses.has(error.code.slice(0, 2))) return undefined;
  return `PostgreSQL refuses a row of ${error.table ?? 'the read models'} (${error.code}): ${error.message}`;
}
