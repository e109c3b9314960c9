import { type Command, InvalidArgumentError, Option } from 'commander';
import { balanceTransferCauses } from '../../http/decisions/balance-transfer-causes.js';
import {
  type MergeOptions,
  type ResolveOptions,
  type RevertOptions,
  runMarkDuplicate,
  runResolveVariance,
  runRevertMerge,
  runTransferBalance,
  type TransferOptions,
} from '../commands/decide.js';
import { withConnection, withJson } from '../commands/read-options.js';
import { wholeNumberFrom } from '../whole-number.js';
import type { CommandGroup } from './command-group.js';

const howApprovalsComeAbout = `
An approval is a fact like any other: a system delivers ApprovalRequested and ApprovalGranted to
POST /v1/events, such as source "daybook", objectid "ap_1" for approval-daybook:ap_1. A decision by
one that nobody granted yet is recorded all the same; the answer says so, and the finding
approval_missing tells of it until it is granted.`;

/** Commands by which people decide what systems left open; a refusal ends with 2 and says its code. */
export const decisionCommands: CommandGroup = (program, context, ends) => {
  const group = program
    .command('decide')
    .description('settle what systems left open: duplicates, balances, what a transfer lacks');
  const deciding = (name: string) =>
    withDecision(withJson(withConnection(group.command(name)))).addHelpText(
      'after',
      howApprovalsComeAbout,
    );
  deciding('duplicate')
    .argument('<order>', 'the leaf of the duplicate, such as order-oms:9001')
    .description('say that an order is another name of one that goes on')
    .requiredOption('--into <order>', 'the leaf of the order that goes on')
    .option('--reason <reason>', 'such as captured_twice')
    .action(async (order: string, options: MergeOptions) => {
      ends(await runMarkDuplicate(context, order, options));
    });
  deciding('revert-merge')
    .argument('<order>', 'the leaf of the order that had been merged')
    .description('let an order stand on its own again')
    .requiredOption('--from <order>', 'the leaf of the order it had been taken for')
    .requiredOption('--merged-by <event>', 'the id of the event that merged them')
    .option('--reason <reason>', 'such as two_checkouts')
    .action(async (order: string, options: RevertOptions) => {
      ends(await runRevertMerge(context, order, options));
    });
  deciding('transfer-balance')
    .argument('<order>', 'the leaf of the order it goes from')
    .description(
      "move a balance from an order's contract to that of another; it is recorded now and posts " +
        'later: the books in force have no entry for it yet',
    )
    .requiredOption('--to <order>', 'the leaf of the order it goes to')
    .requiredOption('--transfer <id>', 'names the transfer, once on the order it goes from')
    .requiredOption('--legal-entity <name>', 'of both orders')
    .requiredOption('--minor <units>', 'minor units; below zero it is owed to the debtor', signed)
    .requiredOption('--currency <code>', 'such as EUR')
    .addOption(
      new Option('--cause <cause>', 'why').choices(balanceTransferCauses).makeOptionMandatory(),
    )
    .action(async (order: string, options: TransferOptions) => {
      ends(await runTransferBalance(context, order, options));
    });
  deciding('transfer-variance')
    .argument('<transfer>', "the transfer's leaf, such as transfer-erp:t1")
    .argument('<line>', 'its line')
    .description('settle what became of units that a transfer lacks')
    .requiredOption('--resolution <id>', 'names this resolution, once on the line')
    .requiredOption('--sku <sku>', 'the item of the line')
    .requiredOption('--uom <unit>', 'the unit of measure of the line')
    .option('--found <units>', 'units that came after all', wholeNumberFrom(0), 0)
    .option('--lost <units>', 'units that are gone', wholeNumberFrom(0), 0)
    .option('--misshipped <units>', 'units that came to another node', wholeNumberFrom(0), 0)
    .action(async (transfer: string, line: string, options: ResolveOptions) => {
      ends(await runResolveVariance(context, { transfer, line }, options));
    });
};

function withDecision(command: Command): Command {
  return command
    .requiredOption('--approval <leaf>', "the approval's leaf, such as approval-daybook:ap_1")
    .option('--actor <actor>', 'who asks: a role or a number, no name of a person')
    .option('--client <account>', 'the account that asks (default: daybook.cli)')
    .option('--key <key>', 'the same for a repeat of this command (default: a new one)');
}

function signed(value: string): number {
  const number = Number(value);
  if (/^-?\d+$/.test(value) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError('Give minor units as a whole number, such as -5940.');
}
