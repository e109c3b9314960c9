/** Why Daybook does not start; the message says what is wrong, where, and what to do. */
export class DaybookStartError extends Error {
  override readonly name = 'DaybookStartError';

  constructor(
    /** Such as `configuration_invalid`, `data_directory_locked`, `ledger_differs`. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Says what was being done when something failed; what already explains itself stays as it is. */
export async function starting<Result>(what: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof DaybookStartError) throw error;
    throw new DaybookStartError('start_failed', `${what}: ${messageOf(error)}`, { cause: error });
  }
}

/** The words of an error; connecting to several addresses fails with one error for each. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(messageOf).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
