import type { CommandContext } from '../composition.js';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import {
  contractsView,
  giftCardsView,
  giftCardView,
  payoutsView,
  payoutView,
  tillsView,
} from '../views/money-view.js';
import { withLedger } from '../with-daybook.js';
import { flagText, type ListOptions, runList } from './listing.js';
import { printAnswer } from './read-options.js';

interface ThingOptions extends ListOptions {
  readonly account?: string;
}

export interface GiftCardsOptions extends ThingOptions {
  readonly overdrawn?: boolean;
}

export interface PayoutsOptions extends ThingOptions {
  readonly state?: string;
  readonly legalEntity?: string;
  readonly currency?: string;
}

export interface TillsOptions extends ListOptions {
  readonly till?: string;
  readonly off?: boolean;
}

export interface ContractsOptions extends ListOptions {
  readonly contract?: string;
  readonly legalEntity?: string;
  readonly all?: boolean;
}

/** `daybook gift-cards`, or `daybook gift-cards <card>` for what moved one. */
export function runGiftCards(
  context: CommandContext,
  card: string | undefined,
  options: GiftCardsOptions,
): Promise<ExitCode> {
  const { overdrawn, account, limit } = options;
  if (card === undefined) {
    refuseAccount(account, 'card');
    const filter = { overdrawn: flagText(overdrawn) };
    return runList(
      context,
      options,
      (client) => client.money.giftCards(filter, limit),
      giftCardsView,
    );
  }
  refuseFilters([overdrawn], 'card');
  return withLedger(context, options, async (client) => {
    const answer = await client.money.giftCard(card, account);
    printAnswer(context.terminal, options, answer, () => giftCardView(answer));
    return exitCodes.done;
  });
}

/** `daybook payouts`, or `daybook payouts <batch>` for what one is made of. */
export function runPayouts(
  context: CommandContext,
  batch: string | undefined,
  options: PayoutsOptions,
): Promise<ExitCode> {
  const { state, legalEntity, currency, account, limit } = options;
  const filter = { state, legalEntity, currency };
  if (batch === undefined) {
    refuseAccount(account, 'batch');
    return runList(context, options, (client) => client.money.payouts(filter, limit), payoutsView);
  }
  refuseFilters([state, legalEntity, currency], 'batch');
  return withLedger(context, options, async (client) => {
    const answer = await client.money.payout(batch, account);
    printAnswer(context.terminal, options, answer, () => payoutView(answer));
    return exitCodes.done;
  });
}

/** `daybook tills` */
export function runTills(context: CommandContext, options: TillsOptions): Promise<ExitCode> {
  const filter = { till: options.till, off: flagText(options.off) };
  return runList(
    context,
    options,
    (client) => client.money.tills(filter, options.limit),
    tillsView,
  );
}

/** `daybook contracts` */
export function runContracts(
  context: CommandContext,
  options: ContractsOptions,
): Promise<ExitCode> {
  const { contract, legalEntity, all } = options;
  const filter = { contract, legalEntity, all: flagText(all) };
  return runList(
    context,
    options,
    (client) => client.money.contracts(filter, options.limit),
    contractsView,
  );
}

function refuseAccount(account: string | undefined, thing: string): void {
  if (account === undefined) return;
  const message = `--account goes with the id of a ${thing}: name it, or leave --account out.`;
  throw new CommandFailure(message, exitCodes.usage);
}

function refuseFilters(filters: readonly unknown[], thing: string): void {
  if (filters.every((filter) => filter === undefined)) return;
  const message = `Filters narrow the list: give them without a ${thing}.`;
  throw new CommandFailure(message, exitCodes.usage);
}
