import type { CommandContext } from '../composition.js';
import type { ExitCode } from '../exit-codes.js';
import { backordersView, incomingView, transfersView } from '../views/goods-view.js';
import { flagText, type ListOptions, runList } from './listing.js';

export interface GoodsOptions extends ListOptions {
  readonly sku?: string;
  readonly node?: string;
  readonly order?: string;
  readonly all?: boolean;
}

export interface TransfersOptions extends ListOptions {
  readonly list?: string;
  readonly transfer?: string;
  readonly sku?: string;
  readonly node?: string;
  readonly order?: string;
}

/** `daybook backorders` */
export function runBackorders(context: CommandContext, options: GoodsOptions): Promise<ExitCode> {
  const { sku, node, order, all } = options;
  const filter = { sku, node, order, all: flagText(all) };
  return runList(
    context,
    options,
    (client) => client.stock.backorders(filter, options.limit),
    backordersView,
  );
}

/** `daybook incoming` */
export function runIncoming(context: CommandContext, options: GoodsOptions): Promise<ExitCode> {
  const { sku, node, all } = options;
  const filter = { sku, node, all: flagText(all) };
  return runList(
    context,
    options,
    (client) => client.stock.incoming(filter, options.limit),
    incomingView,
  );
}

/** `daybook transfers` */
export function runTransfers(
  context: CommandContext,
  options: TransfersOptions,
): Promise<ExitCode> {
  const { list, transfer, sku, node, order } = options;
  const filter = { list, transfer, sku, node, order };
  return runList(
    context,
    options,
    (client) => client.stock.transfers(filter, options.limit),
    transfersView,
  );
}
