import { CsvError } from 'csv-parse';
import { Command, CommanderError } from 'commander';
import { defaultPort } from '../configuration/configuration.js';
import { ApiProblem, ApiUnreachable } from './api-client.js';
import { type DemoOptions, runDemo } from './commands/demo.js';
import { runImportOlist } from './commands/import-olist.js';
import {
  dataDescription,
  type ReadOptions,
  withConnection,
  withJson,
} from './commands/read-options.js';
import { runSimulate, type SimulateOptions } from './commands/simulate.js';
import { runStats } from './commands/stats.js';
import { runStock, type StockOptions } from './commands/stock.js';
import { runTimeline, type TimelineOptions } from './commands/timeline.js';
import { runTrialBalance, type TrialBalanceOptions } from './commands/trial-balance.js';
import { runVerify, type VerifyOptions } from './commands/verify.js';
import { CommandFailure, exitCodes, type ExitCode } from './exit-codes.js';
import type { CommandContext } from './composition.js';
import { internalErrorText } from './internal-error.js';
import { releaseVersion } from './release-version.js';
import type { Terminal } from './terminal.js';
import { wholeNumberFrom } from './whole-number.js';
import { type ConnectionOptions, dataDirectoryOf } from './with-daybook.js';
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

function createProgram(context: CommandContext, ends: (code: ExitCode) => void): Command {
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
  addWritingCommands(program, context, ends);
  addReadingCommands(program, context, ends);
  return program;
}

type Ends = (code: ExitCode) => void;

function addWritingCommands(program: Command, context: CommandContext, ends: Ends): void {
  program
    .command('serve')
    .description('run the ledger with its HTTP API until it is stopped')
    .option('--data <directory>', dataDescription)
    .option(
      '--port <number>',
      `on 127.0.0.1; 0 asks for any free one (default: $DAYBOOK_PORT, then ${defaultPort})`,
      wholeNumberFrom(0),
    )
    .action(async (options: { data?: string; port?: number }) => {
      const { port } = options;
      await context.composition.runServe({
        dataDirectory: dataDirectoryOf(options),
        ...(port === undefined ? {} : { port }),
      });
    });
  const importing = program.command('import').description('bring facts in from files');
  withConnection(importing.command('olist'))
    .argument('<folder>', "the folder with Olist's CSV files")
    .description("orders, payments and shipments from Olist's public CSV files; may be repeated")
    .action(async (folder: string, options: ConnectionOptions) => {
      ends(await runImportOlist(context, folder, options));
    });
  withConnection(program.command('simulate'))
    .description('send a simulated stream of facts, as a load')
    .option('--events <number>', 'how many deliveries', wholeNumberFrom(1), 10_000)
    .option('--seed <number>', 'equal seeds give equal streams', wholeNumberFrom(0), 1)
    .action(async (options: SimulateOptions) => {
      ends(await runSimulate(context, options));
    });
  program
    .command('demo')
    .description('play a simulated trading day and show what becomes of it')
    .option('--data <directory>', 'keep it here (default: a temporary directory, removed again)')
    .option('--orders <number>', 'how many orders', wholeNumberFrom(1), 300)
    .option('--seed <number>', 'equal seeds give equal days', wholeNumberFrom(0), 1)
    .option('--keep-open', `serve it on http://127.0.0.1:${defaultPort} until Ctrl-C`)
    .action(async (options: DemoOptions) => {
      ends(await runDemo(context, options));
    });
}

function addReadingCommands(program: Command, context: CommandContext, ends: Ends): void {
  const reading = (name: string) => withJson(withConnection(program.command(name)));
  reading('timeline')
    .argument('<order>', "the order's leaf, such as order-shop:1001, or its id with --account")
    .description('all that happened to an order, and what is odd about it')
    .option('--account <account>', 'the account that issued the id')
    .action(async (order: string, options: TimelineOptions) => {
      ends(await runTimeline(context, order, options));
    });
  reading('stock')
    .argument('<sku>', 'the item')
    .description('what is on hand, reserved and available of an item, node by node')
    .option('--node <node>', 'only this node')
    .action(async (sku: string, options: StockOptions) => {
      ends(await runStock(context, sku, options));
    });
  reading('trial-balance')
    .description('debit and credit by account; they are equal, or the books are wrong')
    .option('--period <month>', 'a month such as 2017-11, or undated (default: all together)')
    .action(async (options: TrialBalanceOptions) => {
      ends(await runTrialBalance(context, options));
    });
  reading('stats')
    .description('counts of events, orders, payments, entries and findings')
    .action(async (options: ReadOptions) => {
      ends(await runStats(context, options));
    });
  withJson(program.command('verify'))
    .description(
      'read every event again, derive every row again, and compare; works on the data directory ' +
        'alone, whether a Daybook runs on it or not, and so takes no --url',
    )
    .option('--data <directory>', dataDescription)
    .action(async (options: VerifyOptions) => {
      ends(await runVerify(context, options));
    });
}
