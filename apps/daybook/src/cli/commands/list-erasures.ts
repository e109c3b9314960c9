import type { CommandContext } from '../composition.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { erasureListView } from '../views/erasure-view.js';
import { withLedger } from '../with-daybook.js';
import { printAnswer, type ReadOptions } from './read-options.js';

/** `daybook erase --list` */
export async function runListErasures(
  context: CommandContext,
  options: ReadOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const page = await client.operations.erasures();
    printAnswer(context.terminal, options, page, () => erasureListView(page.items));
    return exitCodes.done;
  });
}
