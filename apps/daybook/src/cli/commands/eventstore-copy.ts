import type { CopyReport } from '../../backup/copy-ledger.js';
import type { CommandContext } from '../composition.js';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import { formatCount } from '../views/table.js';
import { checkLedger, dataDirectoryOf } from '../with-daybook.js';
import { printAnswer } from './read-options.js';

export interface EventStoreCopyOptions {
  readonly to: string;
  readonly from?: string;
  readonly data?: string;
  readonly json?: boolean;
}

const noteMilliseconds = 1_000;

/** `daybook eventstore copy` */
export async function runEventStoreCopy(
  { terminal, composition }: CommandContext,
  options: EventStoreCopyOptions,
): Promise<ExitCode> {
  const { to, from } = options;
  for (const [name, address] of [
    ['--to', to],
    ['--from', from],
  ]) {
    // The address itself is not repeated, since it may hold a password.
    if (address === undefined || /^esdb(\+discover)?:\/\//.test(address)) continue;
    throw new CommandFailure(
      `${name} must begin with esdb:// or esdb+discover://.`,
      exitCodes.usage,
    );
  }
  const dataDirectory = dataDirectoryOf(options);
  if (from === undefined) checkLedger(dataDirectory);
  const began = performance.now();
  let notedAt = began;
  const report = await composition.copyEventStore({
    to,
    dataDirectory,
    ...(from === undefined ? {} : { from }),
    onEvents: (events) => {
      const now = performance.now();
      if (!terminal.isWatched || now - notedAt < noteMilliseconds) return;
      notedAt = now;
      terminal.note(`${formatCount(events)} events, ${rateOf(events, now - began)} a second`);
    },
  });
  const milliseconds = Math.round(performance.now() - began);
  printAnswer(terminal, options, { ...report, milliseconds }, () => copyView(report, milliseconds));
  return exitCodes.done;
}

function copyView({ events, copied, digestSum }: CopyReport, milliseconds: number) {
  return [
    `Copied ${formatCount(copied)} events in ${(milliseconds / 1_000).toFixed(1)} seconds, ${rateOf(copied, milliseconds)} a second.`,
    `Both stores hold ${formatCount(events)} ledger events in the same order, digest sum ${digestSum}.`,
  ];
}

function rateOf(events: number, milliseconds: number): string {
  return formatCount(Math.round((events * 1_000) / Math.max(milliseconds, 1)));
}
