import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import { oversoldView, stockView } from '../views/stock-view.js';
import { withLedger } from '../with-daybook.js';
import type { CommandContext } from '../composition.js';
import { printAnswer, type PastOptions } from './read-options.js';

export interface StockOptions extends PastOptions {
  readonly node?: string;
  readonly promiseBy?: string;
  readonly oversold?: boolean;
}

/** `daybook stock <sku>`, or `daybook stock --oversold` for what is short of all items. */
export async function runStock(
  context: CommandContext,
  sku: string | undefined,
  options: StockOptions,
): Promise<ExitCode> {
  if (options.oversold) return runOversold(context, sku, options);
  if (sku === undefined)
    throw new CommandFailure('Name the item, or give --oversold.', exitCodes.usage);
  return withLedger(context, options, async (client) => {
    const stock = await client.stock.stock(sku, options);
    const isKnown = stock.items.length + stock.openReservations.length > 0 || stock.parked !== null;
    if (!isKnown) {
      throw new CommandFailure(
        unknownStockText(sku, options.node),
        exitCodes.usage,
        'stock_not_found',
      );
    }
    printAnswer(context.terminal, options, stock, () => stockView(stock));
    return exitCodes.done;
  });
}

async function runOversold(
  context: CommandContext,
  sku: string | undefined,
  { node, at, ...options }: StockOptions,
): Promise<ExitCode> {
  if (sku !== undefined || node !== undefined || at !== undefined) {
    throw new CommandFailure(
      '--oversold is for all items at all nodes as they are now: give it without any of them.',
      exitCodes.usage,
    );
  }
  return withLedger(context, options, async (client) => {
    const stock = await client.stock.oversoldStock(options.promiseBy);
    printAnswer(context.terminal, options, stock, () => oversoldView(stock.items));
    return exitCodes.done;
  });
}

function unknownStockText(sku: string, node: string | undefined): string {
  return node === undefined
    ? `Nothing is known of the stock of ${sku}. Give the item as its source writes it, and --at no time before its first receipt.`
    : `Nothing is known of the stock of ${sku} at ${node}. Give item and node as their source writes them, and --at no time before the first receipt.`;
}
