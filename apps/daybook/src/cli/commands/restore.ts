import type { CommandContext } from '../composition.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { type Progress, startProgress } from '../progress.js';
import { restoreView } from '../views/backup-view.js';
import { dataDirectoryOf } from '../with-daybook.js';
import { printAnswer } from './read-options.js';

export interface RestoreCommandOptions {
  readonly data?: string;
  readonly keys?: string;
  readonly json?: boolean;
}

/** `daybook restore <backup>` */
export async function runRestore(
  { terminal, composition }: CommandContext,
  backup: string,
  options: RestoreCommandOptions,
): Promise<ExitCode> {
  let bar: Progress | undefined;
  const report = await composition
    .restoreDaybook({
      backup,
      dataDirectory: dataDirectoryOf(options),
      ...(options.keys === undefined ? {} : { keys: options.keys }),
      onVerifiedBytes: (verified, total) => {
        bar ??= startProgress(terminal, 'bytes verified', total);
        bar.reach(verified);
      },
    })
    .finally(() => bar?.end());
  printAnswer(terminal, options, report, () => restoreView(report));
  return exitCodes.done;
}
