import { type EventStoreCopyOptions, runEventStoreCopy } from '../commands/eventstore-copy.js';
import { dataDescription, withJson } from '../commands/read-options.js';
import type { CommandGroup } from './command-group.js';

/** `daybook eventstore copy`, beside what else there is of `daybook eventstore`. */
export const eventStoreCopyCommands: CommandGroup = (program, context, ends) => {
  const parent =
    program.commands.find((command) => command.name() === 'eventstore') ??
    program.command('eventstore').description('the event store by itself');
  withJson(parent.command('copy'))
    .description(
      'copy the ledger into another event store, event by event in the same order, and compare; ' +
        'run it again to go on where it was broken off, or to bring what was written since',
    )
    .requiredOption('--to <address>', 'such as esdb://127.0.0.1:2113?tls=false')
    .option('--from <address>', 'such as esdb://… (default: the store of the data directory)')
    .option('--data <directory>', dataDescription)
    .action(async (options: EventStoreCopyOptions) => {
      ends(await runEventStoreCopy(context, options));
    });
};
