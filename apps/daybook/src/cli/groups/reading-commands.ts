import {
  dataDescription,
  type ReadOptions,
  withConnection,
  withJson,
  withMoment,
} from '../commands/read-options.js';
import { runStats } from '../commands/stats.js';
import { runStock, type StockOptions } from '../commands/stock.js';
import { runTrialBalance, type TrialBalanceOptions } from '../commands/trial-balance.js';
import { runVerify, type VerifyOptions } from '../commands/verify.js';
import type { CommandGroup } from './command-group.js';

/** Commands that show what the ledger says. */
export const readingCommands: CommandGroup = (program, context, ends) => {
  const reading = (name: string) => withJson(withConnection(program.command(name)));
  const past = (name: string) => withMoment(reading(name));
  past('stock')
    .argument('[sku]', 'the item; needed unless --oversold is given')
    .description('what is on hand, under way, reserved, available and to come of an item, by node')
    .option('--node <node>', 'only this node')
    .option('--promise-by <instant>', 'promise what is confirmed to come in by then as well')
    .option('--oversold', 'all stock of which more was promised or sold than there is')
    .action(async (sku: string | undefined, options: StockOptions) => {
      ends(await runStock(context, sku, options));
    });
  past('trial-balance')
    .description('debit and credit by account; they are equal, or the books are wrong')
    .option('--period <month>', 'a month such as 2017-11, or undated (default: all together)')
    .action(async (options: TrialBalanceOptions) => {
      ends(await runTrialBalance(context, options));
    });
  reading('stats')
    .description('counts of events, orders, payments, entries and findings')
    .action(async (options: ReadOptions) => {
      ends(await runStats(context, options));
    });
  withJson(program.command('verify'))
    .description(
      'read every event again and compare what was applied of each category by sums; works on the ' +
        'data directory alone, whether a Daybook runs on it or not, and so takes no --url',
    )
    .option('--full', 'also derive every row again, and compare column by column')
    .option('--data <directory>', dataDescription)
    .action(async (options: VerifyOptions) => {
      ends(await runVerify(context, options));
    });
};
