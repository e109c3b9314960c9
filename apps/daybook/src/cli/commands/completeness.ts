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
    const page = await client.completeness(options.source, options.day);
    printAnswer(context.terminal, options, page, () => completenessLines(page.items));
    return exitCodes.done;
  });
}
