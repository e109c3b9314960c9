import { channels } from '#channels';
import { defaultPort } from '../../configuration/defaults.js';
import type { DemoOptions } from '../commands/demo.js';
import { type ImportOptions, runImport } from '../commands/import.js';
import { dataDescription, withConnection, withJson } from '../commands/read-options.js';
import type { SimulateOptions } from '../commands/simulate.js';
import { wholeNumberFrom } from '../whole-number.js';
import { dataDirectoryOf } from '../with-daybook.js';
import type { CommandGroup } from './command-group.js';

/** Commands that run the ledger or bring facts in; the simulation is loaded by those that need it. */
export const writingCommands: CommandGroup = (program, context, ends) => {
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
  for (const channel of channels) {
    const command = withJson(withConnection(importing.command(channel.name)))
      .argument('<folder>', channel.folder)
      .description(channel.description)
      .action(async (folder: string, options: ImportOptions) => {
        ends(await runImport(context, channel, folder, options));
      });
    if (channel.hasFileADay) {
      command.option('--days <number>', 'only the first so many days', wholeNumberFrom(1));
    }
  }
  withConnection(program.command('simulate'))
    .description('send a simulated stream of facts, as a load')
    .option('--events <number>', 'how many deliveries', wholeNumberFrom(1), 10_000)
    .option('--seed <number>', 'equal seeds give equal streams', wholeNumberFrom(0), 1)
    .action(async (options: SimulateOptions) => {
      const { runSimulate } = await import('../commands/simulate.js');
      ends(await runSimulate(context, options));
    });
  program
    .command('demo')
    .description('play simulated trading days and show what becomes of them')
    .option('--data <directory>', 'keep it here (default: a temporary directory, removed again)')
    .option('--orders <number>', 'how many orders', wholeNumberFrom(1), 2_000)
    .option('--days <number>', 'on how many days they come in', wholeNumberFrom(1), 5)
    .option('--seed <number>', 'equal seeds give equal trading', wholeNumberFrom(0), 1)
    .option('--keep-open', `serve it on http://127.0.0.1:${defaultPort} until Ctrl-C`)
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('../commands/demo.js');
      ends(await runDemo(context, options));
    });
};
