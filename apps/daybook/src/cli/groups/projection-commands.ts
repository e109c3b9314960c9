import {
  type DiffCommandOptions,
  type RebuildOptions,
  runProjectionDiff,
  runProjectionList,
  runProjectionRebuild,
  runProjectionRetire,
  runProjectionRollback,
  runProjectionSwitch,
} from '../commands/projection.js';
import { type ReadOptions, withConnection, withJson } from '../commands/read-options.js';
import { wholeNumberFrom } from '../whole-number.js';
import type { CommandGroup } from './command-group.js';

const listedDefault = 20;

/** Commands for the builds (generations) of the read models, side by side. */
export const projectionCommands: CommandGroup = (program, context, ends) => {
  const projection = program
    .command('projection')
    .description('the builds of the read models: which is read, and how the next one gets on');
  const acting = (name: string) => withJson(withConnection(projection.command(name)));
  const generation = wholeNumberFrom(1);
  acting('list')
    .description('every build, how far it is, at what rate, and when it will have caught up')
    .action(async (options: ReadOptions) => {
      ends(await runProjectionList(context, options));
    });
  acting('rebuild')
    .description('build all read models anew beside the ones that are read, which stay as they are')
    .option('--switch', 'read it as soon as it has caught up')
    .option('--no-wait', 'return at once; "daybook projection list" shows how far it is')
    .action(async (options: RebuildOptions) => {
      ends(await runProjectionRebuild(context, options));
    });
  acting('diff')
    .argument('[first]', 'a generation (default: the one that is read)', generation)
    .argument('[second]', 'another one (default: the newest of the others)', generation)
    .description('compare two builds row by row where both hold the same events')
    .option('--limit <rows>', 'how many rows are listed', wholeNumberFrom(0), listedDefault)
    .action(
      async (
        first: number | undefined,
        second: number | undefined,
        options: DiffCommandOptions,
      ) => {
        ends(await runProjectionDiff(context, first, second, options));
      },
    );
  acting('switch')
    .argument('[generation]', 'default: the one that is being built', generation)
    .description('read another build from now on; the one that was read stands by')
    .action(async (number: number | undefined, options: ReadOptions) => {
      ends(await runProjectionSwitch(context, number, options));
    });
  acting('rollback')
    .description('go back to the build that was read before')
    .action(async (options: ReadOptions) => {
      ends(await runProjectionRollback(context, options));
    });
  acting('retire')
    .argument('<generation>', 'one that is not read', generation)
    .description('drop a build; its number is not used again')
    .action(async (number: number, options: ReadOptions) => {
      ends(await runProjectionRetire(context, number, options));
    });
};
