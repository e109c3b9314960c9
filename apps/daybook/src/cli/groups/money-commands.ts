import { Option } from 'commander';
import { payoutStates } from '../../../../../projections/money-balances/v1/list-queries.js';
import {
  type ContractsOptions,
  type GiftCardsOptions,
  type PayoutsOptions,
  runContracts,
  runGiftCards,
  runPayouts,
  runTills,
  type TillsOptions,
} from '../commands/money-lists.js';
import { withConnection, withJson, withLimit } from '../commands/read-options.js';
import type { CommandGroup } from './command-group.js';

/** Commands about money beside the books: gift cards, payouts, tills and open contracts. */
export const moneyCommands: CommandGroup = (program, context, ends) => {
  const listing = (name: string) => withLimit(withJson(withConnection(program.command(name))));
  listing('gift-cards')
    .argument('[card]', 'one card, by its leaf or its id with --account, and what moved it')
    .description('gift cards with something on them')
    .option('--overdrawn', 'those that paid more than was ever on them')
    .option('--account <account>', 'the account that issued the id')
    .action(async (card: string | undefined, options: GiftCardsOptions) => {
      ends(await runGiftCards(context, card, options));
    });
  listing('payouts')
    .argument('[batch]', 'one batch, by its leaf or its id with --account, and its lines')
    .description('what providers paid out, beside what reached the bank')
    .addOption(new Option('--state <state>', 'only payouts of this state').choices(payoutStates))
    .option('--legal-entity <name>', 'only of this legal entity')
    .option('--currency <code>', 'only in this currency')
    .option('--account <account>', 'the account that issued the id')
    .action(async (batch: string | undefined, options: PayoutsOptions) => {
      ends(await runPayouts(context, batch, options));
    });
  listing('tills')
    .description('what registers counted, session by session')
    .option('--till <till>', 'only this till, by its leaf')
    .option('--off', 'only what is over or short')
    .action(async (options: TillsOptions) => {
      ends(await runTills(context, options));
    });
  listing('contracts')
    .description('what contracts come to, order by order')
    .option('--contract <order>', 'only of this order, by its leaf')
    .option('--legal-entity <name>', 'only of this legal entity')
    .option('--all', 'also contracts that are finished')
    .action(async (options: ContractsOptions) => {
      ends(await runContracts(context, options));
    });
};
