import { exitCodes, type ExitCode } from '../exit-codes.js';
import { statisticsView } from '../views/statistics-view.js';
import { withLedger } from '../with-daybook.js';
import type { CommandContext } from '../composition.js';
import { printAnswer, type ReadOptions } from './read-options.js';

/** `daybook stats` */
export async function runStats(context: CommandContext, options: ReadOptions): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const statistics = await client.operations.statistics();
    printAnswer(context.terminal, options, statistics, () => statisticsView(statistics));
    return exitCodes.done;
  });
}
