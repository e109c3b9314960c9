import { exitCodes } from '../exit-codes.js';
import { wholeNumberFrom } from '../whole-number.js';
import { dataDirectoryOf } from '../with-daybook.js';
import type { CommandGroup } from './command-group.js';

/** The projector by itself. */
export const projectorCommands: CommandGroup = (program, context, ends) => {
  program
    .command('projector')
    .description(
      'run a projector alone, beside a Daybook that serves: one of all applies, the others stand by ' +
        'and take over within seconds; it works on EVENTSTORE_URL and DATABASE_URL, or on the stores ' +
        'of the Daybook that serves the data directory',
    )
    .option('--data <directory>', 'the data directory (default: $DAYBOOK_DATA, then .daybook)')
    .option(
      '--port <number>',
      'where it answers /health/live, /health/ready and /metrics on this machine (default: any free one)',
      wholeNumberFrom(0),
    )
    .action(async (options: { data?: string; port?: number }) => {
      await context.composition.runProjector({
        dataDirectory: dataDirectoryOf(options),
        ...(options.port === undefined ? {} : { port: options.port }),
        onTakingPart: (healthUrl) => context.terminal.print(`PROJECTING ${healthUrl}/health/ready`),
      });
      ends(exitCodes.done);
    });
};
