import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import { stockView } from '../views/stock-view.js';
import { withLedger } from '../with-daybook.js';
import type { CommandContext } from '../composition.js';
import { printAnswer, type PastOptions } from './read-options.js';

export interface StockOptions extends PastOptions {
  readonly node?: string;
}

/** `daybook stock <sku>` */
export async function runStock(
  context: CommandContext,
  sku: string,
  options: StockOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const stock = await client.stock(sku, options);
    const isKnown = stock.items.length + stock.openReservations.length > 0 || stock.parked !== null;
    if (!isKnown) {
      throw new CommandFailure(
        `Nothing is known of the stock of ${sku}. Give the item as its source writes it, and --at no time before its first receipt.`,
        exitCodes.usage,
        'stock_not_found',
      );
    }
    printAnswer(context.terminal, options, stock, () => stockView(stock));
    return exitCodes.done;
  });
}
