import { type BackupCommandOptions, runBackup } from '../commands/backup.js';
import { dataDescription, withJson } from '../commands/read-options.js';
import { type RestoreCommandOptions, runRestore } from '../commands/restore.js';
import type { CommandGroup } from './command-group.js';

/** Commands that keep a second copy of the ledger, and bring it back. */
export const backupCommands: CommandGroup = (program, context, ends) => {
  withJson(program.command('backup'))
    .argument('<directory>', 'a folder that is absent or empty, outside the data directory')
    .description(
      'copy the event store and what is kept beside it, whether a Daybook runs on the data ' +
        'directory or not; whole once its manifest.json is there',
    )
    .option('--data <directory>', dataDescription)
    .option(
      '--with-keys',
      'put the key files into the backup too: it then opens personal data by itself',
    )
    .action(async (directory: string, options: BackupCommandOptions) => {
      ends(await runBackup(context, directory, options));
    });
  withJson(program.command('restore'))
    .argument('<backup>', 'the folder of a whole backup')
    .description(
      'verify a backup and bring it back into a data directory that is absent or empty; the read ' +
        'models are derived at the next start',
    )
    .option('--data <directory>', dataDescription)
    .option('--keys <path>', 'the key file, or the folder of keys, where the backup has none')
    .action(async (backup: string, options: RestoreCommandOptions) => {
      ends(await runRestore(context, backup, options));
    });
};
