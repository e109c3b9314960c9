import { Command, CommanderError, Help } from 'commander';
import { defaultPort } from '../configuration/defaults.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { failureLine, failureOf } from './failure.js';
import type { CommandContext } from './composition.js';
import type { Ends } from './groups/command-group.js';
import { commandGroups } from './groups/index.js';
import { releaseVersion } from './release-version.js';
import type { Terminal } from './terminal.js';

const description =
  'Daybook is the event-sourced order lifecycle ledger: every fact about an order, a payment, ' +
  'stock, a shipment or a return is written down once, and timeline, stock and books are derived from it.';

const guide = `
Begin here:
  daybook demo                       a simulated trading day in a temporary directory
  daybook serve                      the ledger in ./.daybook, HTTP API on http://127.0.0.1:${defaultPort}
  daybook import olist <folder>      real orders, from Olist's public CSV files
  daybook import online-retail <folder>
                                     real invoices, from a file a day of UCI Online Retail
  daybook search <text>              the orders that an id, a tracking number or an address names
  daybook timeline <order>           all that happened to an order, and what is odd about it

Commands talk to the Daybook at --url, else to the one that runs on the data directory (--data,
$DAYBOOK_DATA, then .daybook); where none runs, they start one for as long as they take.

Exit codes:
  ${exitCodes.done}  done
  ${exitCodes.found}  done, and something was found: a difference, a delivery that was not recorded
  ${exitCodes.usage}  the command, an option, a file or a name was wrong
  ${exitCodes.unavailable}  Daybook, or a store it needs, cannot be reached or started, or failed
  ${exitCodes.internalError} an error of Daybook itself; DAYBOOK_DEBUG=1 shows where it happened

With --json a command that fails prints one line of JSON to standard error: code, message, exitCode,
and as "problem" what the API answered.`;

/** Runs one command line and returns its exit code; nothing is thrown for what a user can cause. */
export async function runCommandLine(
  commandArguments: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;
  const isJson = commandArguments.includes('--json');
  const ends = (code: ExitCode): void => {
    exitCode = code;
  };
  const program = createProgram(context, ends, isJson);
  try {
    await program.parseAsync([...commandArguments], { from: 'user' });
    return exitCode;
  } catch (error) {
    return exitCodeOf(error, context.terminal, isJson);
  }
}

function exitCodeOf(error: unknown, terminal: Terminal, isJson: boolean): ExitCode {
  if (error instanceof CommanderError) {
    // Help that was asked for is no failure, and what is wrong Commander has written already, in words.
    if (error.exitCode === 0) return exitCodes.done;
    const failure = { code: error.code, message: error.message, exitCode: exitCodes.usage };
    if (isJson) terminal.note(failureLine(failure, isJson));
    return failure.exitCode;
  }
  const failure = failureOf(error);
  terminal.note(failureLine(failure, isJson));
  return failure.exitCode;
}

function createProgram(context: CommandContext, ends: Ends, isJson: boolean): Command {
  const program = new Command('daybook')
    .description(description)
    .version(releaseVersion(), '--version', 'print the version of this release')
    .addHelpText('after', guide)
    .showHelpAfterError('(see --help)')
    .exitOverride()
    .configureHelp({
      optionDescription: (option) =>
        `${new Help().optionDescription(option)}${option.mandatory ? ' (required)' : ''}`,
    })
    .configureOutput({
      writeOut: (text) => context.terminal.print(text.trimEnd()),
      writeErr: (text) => {
        if (!isJson) context.terminal.note(text.trimEnd());
      },
    });
  for (const addCommands of commandGroups) addCommands(program, context, ends);
  addHelpCommand(program);
  return program;
}

/** Commander's own prints the usage of all where a name is unknown, and does not say so. */
function addHelpCommand(program: Command): void {
  program
    .helpCommand(false)
    .command('help')
    .argument('[command...]', 'such as orders, or decide duplicate')
    .description('what a command does and takes')
    .action((names: readonly string[]) => {
      let command = program;
      for (const name of names) {
        const next = command.commands.find((known) => known.name() === name);
        if (next === undefined) {
          program.error(`error: unknown command '${names.join(' ')}'`, {
            code: 'commander.unknownCommand',
          });
        }
        command = next;
      }
      command.help();
    });
}
