import { type Command, Option } from 'commander';
import { transferLists } from '../../../../../projections/inventory-reservations/v1/transfer-queries.js';
import {
  type GoodsOptions,
  runBackorders,
  runIncoming,
  runTransfers,
  type TransfersOptions,
} from '../commands/goods-lists.js';
import { withConnection, withJson, withLimit } from '../commands/read-options.js';
import type { CommandGroup } from './command-group.js';

/** Commands about goods that are not there: waited for, under way and to come. */
export const goodsCommands: CommandGroup = (program, context, ends) => {
  const listing = (name: string) => ofGoods(withJson(withConnection(program.command(name))));
  listing('backorders')
    .description('what order lines wait for, item by item')
    .option('--order <order>', 'only of this order, by its leaf')
    .option('--all', 'also what is filled or released')
    .action(async (options: GoodsOptions) => {
      ends(await runBackorders(context, options));
    });
  listing('incoming')
    .description('what purchase orders are to bring, item by item')
    .option('--all', 'also what has come in')
    .action(async (options: GoodsOptions) => {
      ends(await runIncoming(context, options));
    });
  listing('transfers')
    .description('lines of transfers: requested, under way, short and over')
    .addOption(new Option('--list <list>', 'which of them').choices(transferLists).default('open'))
    .option('--transfer <transfer>', 'only this transfer, by its leaf')
    .option('--order <order>', 'only for this order, by its leaf')
    .action(async (options: TransfersOptions) => {
      ends(await runTransfers(context, options));
    });
};

function ofGoods(command: Command): Command {
  return withLimit(command)
    .option('--sku <sku>', 'only this item')
    .option('--node <node>', 'only at, from or to this node');
}
