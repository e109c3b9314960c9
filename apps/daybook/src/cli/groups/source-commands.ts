import {
  runAuthorityList,
  runAuthoritySet,
  type SetAuthorityOptions,
} from '../commands/authority.js';
import { type CompletenessOptions, runCompleteness } from '../commands/completeness.js';
import { type ReadOptions, withConnection, withJson } from '../commands/read-options.js';
import { wholeNumberFrom } from '../whole-number.js';
import type { CommandGroup } from './command-group.js';

/** Commands about the systems that report: how far they are believed, and whether all of it came. */
export const sourceCommands: CommandGroup = (program, context, ends) => {
  const authority = program
    .command('authority')
    .description('whose word counts for which type of event');
  withJson(withConnection(authority.command('list')))
    .description('the rules in force, and those that wait for "daybook projection rebuild"')
    .action(async (options: ReadOptions) => {
      ends(await runAuthorityList(context, options));
    });
  withJson(withConnection(authority.command('set')))
    .argument('<type>', 'the type of event, such as PaymentCaptured')
    .argument('<account>', 'the account that reports')
    .description('settle how far an account is believed, from a day on')
    .requiredOption(
      '--rank <number>',
      'the least counts first; 100 and above is a witness and no authority',
      wholeNumberFrom(0),
    )
    .requiredOption(
      '--valid-from <day>',
      "a day of the account's zone such as 2026-03-01, or an instant such as 2026-03-01T00:00:00.000Z",
    )
    .option('--legal-entity <name>', 'only for what is told of this legal entity')
    .option('--channel <name>', 'only for what came through this channel')
    .action(async (eventType: string, account: string, options: SetAuthorityOptions) => {
      ends(await runAuthoritySet(context, { eventType, account }, options));
    });
  withJson(withConnection(program.command('completeness')))
    .description('what each source says it sent, beside what the ledger holds of it')
    .option('--source <account>', 'only this account')
    .option('--day <day>', 'only this business day or batch')
    .action(async (options: CompletenessOptions) => {
      ends(await runCompleteness(context, options));
    });
};
