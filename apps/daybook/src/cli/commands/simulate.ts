import { simulate, type SimulatedDelivery } from '#simulation';
import type { CommandContext } from '../composition.js';
import { sendDeliveries } from '../delivery-sender.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { startProgress } from '../progress.js';
import { tallyView } from '../views/tally-view.js';
import { type ConnectionOptions, withDaybook } from '../with-daybook.js';

export interface SimulateOptions extends ConnectionOptions {
  readonly events: number;
  readonly seed: number;
}

/** `daybook simulate` */
export async function runSimulate(
  context: CommandContext,
  options: SimulateOptions,
): Promise<ExitCode> {
  const { events, seed } = options;
  const { terminal } = context;
  return withDaybook(context, options, async (client) => {
    const progress = startProgress(terminal, 'deliveries', events);
    const startedAt = performance.now();
    const tally = await sendDeliveries(client, singly(simulate({ seed, events })), (count) =>
      progress.advance(count),
    ).finally(progress.end);
    const seconds = (performance.now() - startedAt) / 1_000;
    for (const line of tallyView(tally, seconds)) terminal.print(line);
    await client.waitUntilCaughtUp();
    return tally.quarantined + tally.refused === 0 ? exitCodes.done : exitCodes.found;
  });
}

/** The order of a simulated stream is part of its disorder: its deliveries belong to no group. */
function* singly(deliveries: Iterable<SimulatedDelivery>): Generator<readonly SimulatedDelivery[]> {
  for (const delivery of deliveries) yield [delivery];
}
