import { CsvError } from 'csv-parse';
import { Command, CommanderError } from 'commander';
import { BackupRefused } from '../backup/refusal.js';
import { defaultPort } from '../configuration/configuration.js';
import { ApiProblem, ApiUnreachable } from './api-client.js';
import { CommandFailure, exitCodes, type ExitCode } from './exit-codes.js';
import type { CommandContext } from './composition.js';
import type { Ends } from './groups/command-group.js';
import { commandGroups } from './groups/index.js';
import { internalErrorText } from './internal-error.js';
import { releaseVersion } from './release-version.js';
import type { Terminal } from './terminal.js';
import { DaybookStartError } from '../composition/start-error.js';

const description =
  'Daybook is the event-sourced order lifecycle ledger: every fact about an order, a payment, ' +
  'stock, a shipment or a return is written down once, and timeline, stock and books are derived from it.';

const guide = `
Begin here:
  daybook demo                       a simulated trading day in a temporary directory
  daybook serve                      the ledger in ./.daybook, HTTP API on http://127.0.0.1:${defaultPort}
  daybook import olist <folder>      real orders, from Olist's public CSV files
  daybook timeline <order>           all that happened to an order, and what is odd about it

Commands talk to the Daybook at --url, else to the one that runs on the data directory (--data,
$DAYBOOK_DATA, then .daybook); where none runs, they start one for as long as they take.

Exit codes:
  ${exitCodes.done}  done
  ${exitCodes.found}  done, and something was found: a difference, a delivery that was not recorded
  ${exitCodes.usage}  the command, an option, a file or a name was wrong
  ${exitCodes.unavailable}  Daybook, or a store it needs, cannot be reached or started, or failed
  ${exitCodes.internalError} an error of Daybook itself; DAYBOOK_DEBUG=1 shows where it happened`;

/** Runs one command line and returns its exit code; nothing is thrown for what a user can cause. */
export async function runCommandLine(
  commandArguments: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;
  const program = createProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...commandArguments], { from: 'user' });
    return exitCode;
  } catch (error) {
    return exitCodeOf(error, context.terminal);
  }
}

/** Reasons not to start that the user of the command can remove. */
const startErrorsOfUse: ReadonlySet<string> = new Set([
  'configuration_invalid',
  'nothing_to_verify',
  'seal_place_missing',
  'seal_target_refused',
  'seal_unreadable',
  'verifier_key_invalid',
  'nothing_to_back_up',
  'nothing_served',
  'nothing_to_project',
  'data_directory_not_empty',
]);

function exitCodeOf(error: unknown, terminal: Terminal): ExitCode {
  // Commander has written its message already; help that was asked for is no failure.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
  if (error instanceof CommandFailure) {
    terminal.note(error.message);
    return error.exitCode;
  }
  if (error instanceof BackupRefused) {
    terminal.note(error.message);
    return exitCodes.usage;
  }
  if (error instanceof DaybookStartError) {
    terminal.note(error.message);
    const isMisuse = startErrorsOfUse.has(error.code);
    return isMisuse ? exitCodes.usage : exitCodes.unavailable;
  }
  if (error instanceof ApiProblem) {
    terminal.note(`${error.code}: ${error.message}`);
    return error.status < 500 ? exitCodes.usage : exitCodes.unavailable;
  }
  if (error instanceof CsvError) {
    terminal.note(`A file is no CSV: ${error.message}.`);
    return exitCodes.usage;
  }
  if (error instanceof ApiUnreachable) {
    terminal.note(error.message);
    return exitCodes.unavailable;
  }
  terminal.note(internalErrorText(error));
  return exitCodes.internalError;
}

function createProgram(context: CommandContext, ends: Ends): Command {
  const program = new Command('daybook')
    .description(description)
    .version(releaseVersion(), '--version', 'print the version of this release')
    .addHelpText('after', guide)
    .showHelpAfterError('(see --help)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.terminal.print(text.trimEnd()),
      writeErr: (text) => context.terminal.note(text.trimEnd()),
    });
  for (const addCommands of commandGroups) addCommands(program, context, ends);
  return program;
}
