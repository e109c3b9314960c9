import { Option } from 'commander';
import { languageNames } from '../../../../../projections/order-timeline/v1/wording/languages.js';
import { audiences } from '../../http/orders/audiences.js';
import type { ListOptions } from '../commands/listing.js';
import { type OrdersOptions, runOrders, runSearch } from '../commands/order-lists.js';
import { withConnection, withJson, withLimit, withMoment } from '../commands/read-options.js';
import {
  type OrderOptions,
  runExplain,
  runTimeline,
  type TimelineOptions,
} from '../commands/timeline.js';
import type { CommandGroup } from './command-group.js';

const clockDescription = 'the day or instant that due dates are compared with (default: now)';

/** Commands that answer a customer: one order, the one that is looked for, and lists of them. */
export const orderCommands: CommandGroup = (program, context, ends) => {
  const reading = (name: string) => withJson(withConnection(program.command(name)));
  const ofOrder = (name: string) =>
    withMoment(reading(name))
      .argument('<order>', "the order's leaf, such as order-shop:1001, or its id with --account")
      .option('--account <account>', 'the account that issued the id')
      .option('--clock <moment>', clockDescription)
      .addOption(new Option('--language <language>', 'of what is told').choices(languageNames));
  ofOrder('timeline')
    .description('all that happened to an order, and what is odd about it')
    .addOption(new Option('--audience <audience>', 'whom it is told').choices(audiences))
    .option('--since <sequence>', 'only what is new since a sequence, or since the last "contact"')
    .option('--all', 'a line for each event, also for those told under another one')
    .action(async (order: string, options: TimelineOptions) => {
      ends(await runTimeline(context, order, options));
    });
  ofOrder('explain')
    .description('an order with the evidence of each line: who told it, when, and the raw delivery')
    .action(async (order: string, options: OrderOptions) => {
      ends(await runExplain(context, order, options));
    });
  withLimit(reading('search'))
    .argument(
      '<text>',
      "an id, tracking number, last four digits, customer's key, e-mail address or telephone number",
    )
    .description('the orders that a text names')
    .action(async (text: string, options: ListOptions) => {
      ends(await runSearch(context, text, options));
    });
  withLimit(reading('orders'))
    .description('lists of orders, by currency, the dearest first, and what belongs to none')
    .option('--promise-broken', 'open though the promised day is over')
    .option('--paid-not-shipped', 'paid and not wholly sent')
    .option('--refund-owed', 'money is to go back')
    .option('--orphans', 'payments, shipments, returns and the like that no order is known for')
    .option('--finding [code]', 'with this finding; without a code, how many there are of each')
    .option('--status <status>', 'only orders of this status')
    .option('--next-owner <owner>', 'only orders that wait for this owner')
    .option('--blocked-by <blocker>', 'only orders with this blocker')
    .option('--channel <channel>', 'only orders of this channel')
    .option('--clock <moment>', clockDescription)
    .action(async (options: OrdersOptions) => {
      ends(await runOrders(context, options));
    });
};
