import { parseLeaf } from '#kernel';
import type { DaybookClient } from '../api-client.js';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { explainView } from '../views/explain-view.js';
import { customerTimelineView, timelineView } from '../views/timeline-view.js';
import { withLedger } from '../with-daybook.js';
import type { CommandContext } from '../composition.js';
import { printAnswer, type PastOptions } from './read-options.js';

/** What names an order and how it is told. */
export interface OrderOptions extends PastOptions {
  readonly account?: string;
  readonly clock?: string;
  readonly language?: string;
}

export interface TimelineOptions extends OrderOptions {
  readonly audience?: string;
  readonly since?: string;
  readonly all?: boolean;
}

/** `daybook timeline <order>` */
export async function runTimeline(
  context: CommandContext,
  order: string,
  options: TimelineOptions,
): Promise<ExitCode> {
  requireOrder(order, options);
  return withLedger(context, options, async (client) => {
    await printTimeline(context.terminal, client, order, options);
    return exitCodes.done;
  });
}

/** `daybook explain <order>` */
export async function runExplain(
  context: CommandContext,
  order: string,
  options: OrderOptions,
): Promise<ExitCode> {
  requireOrder(order, options);
  return withLedger(context, options, async (client) => {
    const header = await client.orders.order(order, options);
    const timeline = await client.orders.timeline(order, options);
    const { items: evidence } = await client.orders.evidence(order, options.account);
    const answer = { order: header, timeline, evidence };
    printAnswer(context.terminal, options, answer, () => explainView(answer));
    return exitCodes.done;
  });
}

function requireOrder(order: string, { account }: OrderOptions): void {
  if (account !== undefined || parseLeaf(order)?.category === 'order') return;
  throw new CommandFailure(
    `"${order}" is no leaf of an order. Give one such as order-shop:1001, add --account <account>, or look it up with daybook search.`,
    exitCodes.usage,
  );
}

export async function printTimeline(
  terminal: Terminal,
  client: DaybookClient,
  id: string,
  options: Omit<TimelineOptions, 'data' | 'url'>,
): Promise<void> {
  const order = await client.orders.order(id, options);
  if (options.audience === 'customer') {
    const timeline = await client.orders.customerTimeline(id, options);
    const answer = { told: order.told.customer, timeline };
    printAnswer(terminal, options, answer, () => customerTimelineView(order, timeline));
    return;
  }
  const timeline = await client.orders.timeline(id, options);
  printAnswer(terminal, options, { order, timeline }, () => timelineView(order, timeline));
}
