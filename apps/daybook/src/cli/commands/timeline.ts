import { parseLeaf } from '#kernel';
import type { DaybookClient } from '../api-client.js';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { timelineView } from '../views/timeline-view.js';
import { withLedger } from '../with-daybook.js';
import type { CommandContext } from '../composition.js';
import { printAnswer, type PastOptions } from './read-options.js';

export interface TimelineOptions extends PastOptions {
  readonly account?: string;
}

/** `daybook timeline <order>` */
export async function runTimeline(
  context: CommandContext,
  order: string,
  options: TimelineOptions,
): Promise<ExitCode> {
  if (options.account === undefined && parseLeaf(order)?.category !== 'order') {
    throw new CommandFailure(
      `"${order}" is no leaf of an order. Give one such as order-shop:1001, or add --account <account>.`,
      exitCodes.usage,
    );
  }
  return withLedger(context, options, async (client) => {
    await printTimeline(context.terminal, client, order, options);
    return exitCodes.done;
  });
}

export async function printTimeline(
  terminal: Terminal,
  client: DaybookClient,
  id: string,
  options: Pick<TimelineOptions, 'account' | 'at' | 'json'>,
): Promise<void> {
  const order = await client.order(id, options);
  const timeline = await client.timeline(id, options);
  printAnswer(terminal, options, { order, timeline }, () => timelineView(order, timeline));
}
