import { openOlistFolder, type OlistFolder, translateOlistOrder } from '#channels';
import type { CommandContext } from '../composition.js';
import { sendDeliveries } from '../delivery-sender.js';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import { startProgress } from '../progress.js';
import { formatCount } from '../views/table.js';
import { tallyView } from '../views/tally-view.js';
import { type ConnectionOptions, withDaybook } from '../with-daybook.js';

const unreadableListedMax = 20;

/** `daybook import olist <folder>` */
export async function runImportOlist(
  context: CommandContext,
  path: string,
  options: ConnectionOptions,
): Promise<ExitCode> {
  const folder = await openOlistFolder(path);
  if (folder.outcome === 'refused') throw new CommandFailure(folder.message, exitCodes.usage);
  const { terminal } = context;
  return withDaybook(context, options, async (client) => {
    const unreadable: string[] = [];
    const progress = startProgress(terminal, 'orders', folder.ordersTotal);
    const startedAt = performance.now();
    const groups = translatedOrders(folder, unreadable, () => progress.advance(1));
    const tally = await sendDeliveries(client, groups, () => undefined).finally(progress.end);
    const seconds = (performance.now() - startedAt) / 1_000;
    terminal.print(`${formatCount(folder.ordersTotal)} orders read from ${path}.`);
    for (const line of tallyView(tally, seconds)) terminal.print(line);
    if (unreadable.length > 0) {
      terminal.print(`${unreadable.length} orders could not be read and were left out:`);
      for (const line of unreadable.slice(0, unreadableListedMax)) terminal.print(line);
    }
    await client.waitUntilCaughtUp();
    const notRecorded = tally.quarantined + tally.refused + unreadable.length;
    return notRecorded === 0 ? exitCodes.done : exitCodes.found;
  });
}

/** The deliveries of each order; an order whose rows cannot be read is listed and left out. */
async function* translatedOrders(
  folder: OlistFolder,
  unreadable: string[],
  onOrder: () => void,
): AsyncGenerator<readonly object[]> {
  for await (const order of folder.orders()) {
    const translation = translateOlistOrder(order);
    onOrder();
    if (translation.outcome === 'refused') {
      unreadable.push(`${order.order.order_id}: ${translation.code}: ${translation.message}`);
    } else {
      yield translation.deliveries;
    }
  }
}
