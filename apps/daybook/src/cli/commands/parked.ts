import type { RetryResult } from '../../parking/parked-desk.js';
import type { CommandContext } from '../composition.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { parkedView, retryLine } from '../views/parked-view.js';
import { withLedger } from '../with-daybook.js';
import { printAnswer, type ReadOptions } from './read-options.js';

export interface ResolveOptions extends ReadOptions {
  readonly event: string;
  readonly reason: string;
  readonly by: string;
}

/** `daybook parked list` */
export async function runParkedList(
  context: CommandContext,
  options: ReadOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const parked = await client.operations.parked();
    printAnswer(context.terminal, options, parked, () => parkedView(parked));
    return exitCodes.done;
  });
}

/** `daybook parked retry [key]`: that key, or every key one after the other. */
export async function runParkedRetry(
  context: CommandContext,
  key: string | undefined,
  options: ReadOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const keys =
      key === undefined ? (await client.operations.parked()).keys.map((each) => each.key) : [key];
    const results: (RetryResult & { readonly key: string })[] = [];
    for (const each of keys)
      results.push({ key: each, ...(await client.operations.retryParked(each)) });
    printAnswer(context.terminal, options, { results }, () =>
      results.length === 0
        ? ['Nothing is parked.']
        : results.map((result) => retryLine(result.key, result)),
    );
    return exitCodes.done;
  });
}

/** `daybook parked resolve <key>` */
export async function runParkedResolve(
  context: CommandContext,
  key: string,
  options: ResolveOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const { event: eventId, reason, by: decidedBy } = options;
    const request = { eventId, decision: 'skip', reason, decidedBy } as const;
    const result = await client.operations.resolveParked(key, request);
    printAnswer(context.terminal, options, result, () => [
      `${result.resolution.eventId} is left out since ${result.resolution.decidedAt}.`,
      retryLine(key, result.retry),
    ]);
    return exitCodes.done;
  });
}
