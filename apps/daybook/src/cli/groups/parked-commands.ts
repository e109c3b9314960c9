import {
  type ResolveOptions,
  runParkedList,
  runParkedResolve,
  runParkedRetry,
} from '../commands/parked.js';
import { type ReadOptions, withConnection, withJson } from '../commands/read-options.js';
import type { CommandGroup } from './command-group.js';

/** Commands about events that could not be applied. */
export const parkedCommands: CommandGroup = (program, context, ends) => {
  const parked = program.command('parked').description('events that could not be applied');
  const command = (name: string) => withJson(withConnection(parked.command(name)));
  command('list')
    .description('every key whose events wait, what is wrong, and what was decided about such')
    .action(async (options: ReadOptions) => {
      ends(await runParkedList(context, options));
    });
  command('retry')
    .argument('[key]', 'as the list names it (default: every key)')
    .description('read the events of a key again and apply, in their order, what can be applied')
    .action(async (key: string | undefined, options: ReadOptions) => {
      ends(await runParkedRetry(context, key, options));
    });
  command('resolve')
    .argument('<key>', 'as the list names it')
    .description('leave an event out for good, and apply what waits behind it')
    .requiredOption('--event <id>', 'the event that cannot be applied')
    .requiredOption('--reason <text>', 'why, for whoever reads it years later; names no customer')
    .requiredOption('--by <name>', 'who answers for it')
    .action(async (key: string, options: ResolveOptions) => {
      ends(await runParkedResolve(context, key, options));
    });
};
