import { exitCodes, type ExitCode } from '../exit-codes.js';
import type { CommandContext } from '../composition.js';
import { type Progress, startProgress } from '../progress.js';
import { verificationView } from '../views/verification-view.js';
import { checkLedger, dataDirectoryOf } from '../with-daybook.js';
import { printAnswer } from './read-options.js';

export interface VerifyOptions {
  readonly data?: string;
  readonly full?: boolean;
  readonly json?: boolean;
}

/** `daybook verify` */
export async function runVerify(
  { terminal, composition }: CommandContext,
  options: VerifyOptions,
): Promise<ExitCode> {
  const dataDirectory = dataDirectoryOf(options);
  checkLedger(dataDirectory);
  let bar: Progress | undefined;
  const report = await composition
    .verifyDaybook({
      dataDirectory,
      full: options.full === true,
      progress: (progress) => {
        if (progress.phase !== 'reading') return;
        bar ??= startProgress(terminal, 'events', progress.eventsExpected);
        bar.reach(progress.events);
      },
    })
    .finally(() => bar?.end());
  printAnswer(terminal, options, report, () => verificationView(report));
  if (report.outcome === 'refused') return exitCodes.unavailable;
  return report.outcome === 'equal' ? exitCodes.done : exitCodes.found;
}
