import { exitCodes, type ExitCode } from '../exit-codes.js';
import { trialBalanceView } from '../views/trial-balance-view.js';
import { withLedger } from '../with-daybook.js';
import type { CommandContext } from '../composition.js';
import { printAnswer, type PastOptions } from './read-options.js';

export interface TrialBalanceOptions extends PastOptions {
  readonly period?: string;
}

/** `daybook trial-balance` */
export async function runTrialBalance(
  context: CommandContext,
  options: TrialBalanceOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const balance = await client.money.trialBalance(options);
    printAnswer(context.terminal, options, balance, () => trialBalanceView(balance));
    return exitCodes.done;
  });
}
