import { DatabaseError } from 'pg';

/**
 * Classes of SQLSTATE by which PostgreSQL says that it cannot hold a value or a row: data exceptions,
 * violated constraints, limits such as that of an index row.
 */
const refusingClasses: ReadonlySet<string> = new Set(['22', '23', '54']);

/** PostgreSQL refused rows of a batch; nothing of it was written. */
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

/** What PostgreSQL says of rows that it refuses; undefined where an error is no such refusal. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof DatabaseError) || error.code === undefined) return undefined;
  if (!refusingClasses.has(error.code.slice(0, 2))) return undefined;
  return `PostgreSQL refuses a row of ${error.table ?? 'the read models'} (${error.code}): ${error.message}`;
}
