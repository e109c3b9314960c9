/** What the exit code of a command says; it is part of `--help`. */
export const exitCodes = {
  /** It was done. */
  done: 0,
  /** It was done and something was found: a difference, a delivery that was not understood. */
  found: 1,
  /** The command, an option, a file or a name was wrong; nothing was done. */
  usage: 2,
  /** Daybook, or a store it needs, cannot be reached or started, or failed. */
  unavailable: 3,
  /** An error of Daybook itself (EX_SOFTWARE of sysexits.h): what was found or done is not known. */
  internalError: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a failure is called where it has no name of its own. */
const failureCodes = {
  [exitCodes.done]: 'done',
  [exitCodes.found]: 'found',
  [exitCodes.usage]: 'usage',
  [exitCodes.unavailable]: 'unavailable',
  [exitCodes.internalError]: 'internal_error',
} as const satisfies Record<ExitCode, string>;

/** Ends a command with a message for people and an exit code for scripts. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  /** @param code what a program may go by */
  constructor(
    message: string,
    readonly exitCode: ExitCode,
    readonly code: string = failureCodes[exitCode],
  ) {
    super(message);
  }
}
