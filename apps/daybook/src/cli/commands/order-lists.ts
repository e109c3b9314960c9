import type { OrderListName } from '../../../../../projections/order-timeline/v1/list-queries.js';
import type { CommandContext } from '../composition.js';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import { findingCountsView, ordersView, orphansView, searchView } from '../views/lists-view.js';
import { withLedger } from '../with-daybook.js';
import { type ListOptions, moreLines } from './listing.js';
import { printAnswer } from './read-options.js';

/** What `daybook orders` takes; at most one of the lists. */
export interface OrdersOptions extends ListOptions {
  readonly promiseBroken?: boolean;
  readonly paidNotShipped?: boolean;
  readonly refundOwed?: boolean;
  readonly orphans?: boolean;
  /** A code, or true for how many there are of each. */
  readonly finding?: string | true;
  readonly status?: string;
  readonly nextOwner?: string;
  readonly blockedBy?: string;
  readonly channel?: string;
  readonly clock?: string;
}

/** `daybook orders` */
export async function runOrders(
  context: CommandContext,
  options: OrdersOptions,
): Promise<ExitCode> {
  const list = listOf(options);
  return withLedger(context, options, async (client) => {
    const print = (answer: unknown, view: () => readonly string[]) => {
      printAnswer(context.terminal, options, answer, view);
      return exitCodes.done;
    };
    if (options.orphans) {
      const orphans = await client.orders.orphans(options.limit);
      return print(orphans, () => orphansView(orphans.items));
    }
    if (options.finding === true) {
      const counts = await client.orders.findingCounts();
      return print(counts, () => findingCountsView(counts));
    }
    const { finding, status, nextOwner, blockedBy, channel, clock } = options;
    const filter = { list, finding, status, nextOwner, blockedBy, channel, clock };
    const orders = await client.orders.orders(filter, options.limit);
    return print(orders, () => [...ordersView(orders.items), ...moreLines(orders.next)]);
  });
}

function listOf(options: OrdersOptions): OrderListName | undefined {
  const lists = [
    options.promiseBroken && 'promise-broken',
    options.paidNotShipped && 'paid-not-shipped',
    options.refundOwed && 'refund-owed',
  ].filter((name): name is OrderListName => typeof name === 'string');
  const asked = lists.length + (options.orphans ? 1 : 0) + (options.finding === true ? 1 : 0);
  if (asked > 1) {
    throw new CommandFailure(
      'Give one of --promise-broken, --paid-not-shipped, --refund-owed, --orphans and a --finding without a code.',
      exitCodes.usage,
    );
  }
  const isNarrowed = [options.status, options.nextOwner, options.blockedBy, options.channel].some(
    (wanted) => wanted !== undefined,
  );
  if (isNarrowed && (options.orphans || options.finding === true)) {
    throw new CommandFailure(
      '--status, --next-owner, --blocked-by and --channel narrow lists of orders: give them without --orphans and without a --finding that has no code.',
      exitCodes.usage,
    );
  }
  return lists[0];
}

/** `daybook search <text>` */
export async function runSearch(
  context: CommandContext,
  text: string,
  options: ListOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const found = await client.orders.search(text, options.limit);
    printAnswer(context.terminal, options, found, () => [
      ...searchView(text, found.items),
      ...moreLines(found.next),
    ]);
    return exitCodes.done;
  });
}
