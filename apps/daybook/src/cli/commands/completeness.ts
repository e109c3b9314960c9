import type { CommandContext } from '../composition.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { completenessLines } from '../views/completeness-view.js';
import { withLedger } from '../with-daybook.js';
import { printAnswer, type ReadOptions } from './read-options.js';

export interface CompletenessOptions extends ReadOptions {
  readonly source?: string;
  readonly day?: string;
}

/** `daybook completeness` */
export async function runCompleteness(
  context: CommandContext,
  options: CompletenessOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const page = await client.sources.completeness(options.source, options.day);
    printAnswer(context.terminal, options, page, () =>
      page.items.length === 0 && isNarrowed(options)
        ? [nothingFoundText(options)]
        : completenessLines(page.items),
    );
    return exitCodes.done;
  });
}

function isNarrowed({ source, day }: CompletenessOptions): boolean {
  return source !== undefined || day !== undefined;
}

function nothingFoundText({ source, day }: CompletenessOptions): string {
  const account = source ?? 'any source';
  const span = day === undefined ? '' : ` on ${day}`;
  return `Nothing is counted of ${account}${span}. Without --source and --day all are listed.`;
}
