export type EmbeddedPostgresErrorCode =
  | 'platform_unsupported'
  | 'binaries_unusable'
  | 'no_account_to_run_as'
  | 'version_mismatch'
  | 'cluster_unusable'
  | 'start_failed'
  | 'stray_server_not_stopped'
  | 'server_ended';

/**
 * Why the shipped PostgreSQL does not run. The message says what is wrong, where, and what to do;
 * nearly always an operator's way out is to set DATABASE_URL to a PostgreSQL of his own.
 */
export class EmbeddedPostgresError extends Error {
  constructor(
    readonly code: EmbeddedPostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
  }
}

/** The `code` of an error of Node's file system or process calls, such as `ENOENT`. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
