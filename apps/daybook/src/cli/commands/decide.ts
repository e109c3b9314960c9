import { commandLineAccount } from '../api/decision-calls.js';
import type { CommandContext } from '../composition.js';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import { withLedger } from '../with-daybook.js';
import { printAnswer, type ReadOptions } from './read-options.js';

/** What every decision takes besides: who asks, by whose leave, and under which key. */
export interface DecideOptions extends ReadOptions {
  readonly approval: string;
  readonly actor?: string;
  readonly client?: string;
  readonly key?: string;
}

export interface MergeOptions extends DecideOptions {
  readonly into: string;
  readonly reason?: string;
}

export interface RevertOptions extends DecideOptions {
  readonly from: string;
  readonly mergedBy: string;
  readonly reason?: string;
}

export interface TransferOptions extends DecideOptions {
  readonly to: string;
  readonly transfer: string;
  readonly legalEntity: string;
  readonly minor: number;
  readonly currency: string;
  readonly cause: string;
}

export interface ResolveOptions extends DecideOptions {
  readonly resolution: string;
  readonly sku: string;
  readonly uom: string;
  readonly found: number;
  readonly lost: number;
  readonly misshipped: number;
}

/** `daybook decide duplicate <order>` */
export function runMarkDuplicate(
  context: CommandContext,
  order: string,
  { into: survivingOrder, reason, ...options }: MergeOptions,
): Promise<ExitCode> {
  return decide(context, '/v1/order-duplicates', { order, survivingOrder, reason }, options);
}

/** `daybook decide revert-merge <order>` */
export function runRevertMerge(
  context: CommandContext,
  order: string,
  { from: survivingOrder, mergedBy, reason, ...options }: RevertOptions,
): Promise<ExitCode> {
  const body = { order, survivingOrder, mergedBy, reason };
  return decide(context, '/v1/merge-reversals', body, options);
}

/** `daybook decide transfer-balance <order>` */
export function runTransferBalance(
  context: CommandContext,
  order: string,
  { to: toOrder, transfer, legalEntity, minor, currency, cause, ...options }: TransferOptions,
): Promise<ExitCode> {
  const balance = { minor, currency };
  const body = { order, toOrder, transfer, legalEntity, balance, cause };
  return decide(context, '/v1/balance-transfers', body, options);
}

/** `daybook decide transfer-variance <transfer> <line>` */
export function runResolveVariance(
  context: CommandContext,
  { transfer, line }: { readonly transfer: string; readonly line: string },
  { resolution, sku, uom, found, lost, misshipped, ...options }: ResolveOptions,
): Promise<ExitCode> {
  if (found + lost + misshipped === 0) {
    throw new CommandFailure(
      'Say of at least one unit what became of it: --found, --lost or --misshipped.',
      exitCodes.usage,
    );
  }
  const body = { transfer, line, resolution, sku, uom, found, lost, misshipped };
  return decide(context, '/v1/transfer-resolutions', body, options);
}

/** A decision is asked for of a ledger that is there: it is about what that ledger holds. */
function decide(
  context: CommandContext,
  route: string,
  body: object,
  options: DecideOptions,
): Promise<ExitCode> {
  const { approval, actor, client = commandLineAccount, key } = options;
  return withLedger(context, options, async (daybook) => {
    const asking = { client, idempotencyKey: key };
    const answer = await daybook.decisions.ask(route, { ...body, approval, actor }, asking);
    printAnswer(context.terminal, options, answer, () => [
      `${answer.repeated ? 'Recorded before' : 'Recorded'} on ${answer.leaf} as ${answer.eventId}.`,
      ...(answer.notice === null ? [] : [answer.notice.message]),
    ]);
    return exitCodes.done;
  });
}
