/** A problem that Daybook answered (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly body: Readonly<Record<string, unknown>>,
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(detail);
  }
}

/** Nothing answers at the address, or the connection broke. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
}
