import { type DaybookOptions, launchDaybook, type LaunchedDaybook } from './composition/launch.js';
import { createLogger } from './logging/logger.js';
import { signalExitCodes, TerminationSignals } from './termination-signals.js';

export type { DaybookOptions } from './composition/launch.js';

/** A Daybook that runs in this process. */
export interface RunningDaybook {
  /** Such as `http://127.0.0.1:2850`. */
  readonly url: string;
  /** Answers what was accepted, then ends every part. May be repeated. */
  stop(): Promise<void>;
}

/** The exit code of a process whose Daybook could not go on. */
const failureExitCode = 3;
/**
 * Starts Daybook for a command that uses it and stops it. Where a store or a role fails, or the
 * process is asked to end meanwhile, everything is ended in order and the process with it.
 *
 * @throws DaybookStartError with a code and a message that says what to do
 */
export async function startDaybook(options: DaybookOptions): Promise<RunningDaybook> {
  const signals = new TerminationSignals();
  try {
    const launched = await launchDaybook(options);
    void signals.received.then(async (signal) => {
      await launched.stop();
      process.exit(signalExitCodes[signal]);
    });
    void endOnFailure(launched);
    return {
      url: launched.url,
      stop: async () => {
        await launched.stop();
        signals.ignore();
      },
    };
  } catch (error) {
    signals.ignore();
    throw error;
  }
}

/**
 * Serves until the process is asked to end by SIGINT or SIGTERM; that is a good end. A failure of a
 * store or a role is logged, and ends the process with a code that is not zero.
 */
export async function runServe(options: DaybookOptions): Promise<void> {
  const signals = new TerminationSignals();
  try {
    const launched = await launchDaybook({ logLevel: 'info', ...options });
    void endOnFailure(launched);
    await signals.received;
    await launched.stop();
  } finally {
    signals.ignore();
  }
}

async function endOnFailure(launched: LaunchedDaybook): Promise<void> {
  const failure = await launched.failed;
  createLogger('error').fatal({ err: failure }, `Daybook cannot go on: ${failure.message}`);
  await launched.stop();
  process.exit(failureExitCode);
}
