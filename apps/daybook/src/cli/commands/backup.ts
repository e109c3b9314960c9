import type { CommandContext } from '../composition.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { type Progress, startProgress } from '../progress.js';
import { backupView } from '../views/backup-view.js';
import { checkLedger, dataDirectoryOf } from '../with-daybook.js';
import { printAnswer } from './read-options.js';

export interface BackupCommandOptions {
  readonly data?: string;
  readonly withKeys?: boolean;
  readonly json?: boolean;
}

/** `daybook backup <directory>` */
export async function runBackup(
  { terminal, composition }: CommandContext,
  target: string,
  options: BackupCommandOptions,
): Promise<ExitCode> {
  const dataDirectory = dataDirectoryOf(options);
  checkLedger(dataDirectory);
  let bar: Progress | undefined;
  const manifest = await composition
    .backUpDaybook({
      target,
      dataDirectory,
      withKeys: options.withKeys === true,
      onEventStoreBytes: (written, total) => {
        bar ??= startProgress(terminal, 'bytes of events', total);
        bar.reach(Math.min(written, total));
      },
    })
    .finally(() => bar?.end());
  printAnswer(terminal, options, manifest, () => backupView(target, manifest));
  return exitCodes.done;
}
