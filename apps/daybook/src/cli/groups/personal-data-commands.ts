import { type EraseOptions, runErase } from '../commands/erase.js';
import { runListErasures } from '../commands/list-erasures.js';
import { runQuarantine, runResolveQuarantined } from '../commands/quarantine.js';
import { type ReadOptions, withConnection, withJson } from '../commands/read-options.js';
import { runRotateKeys } from '../commands/rotate-keys.js';
import type { CommandGroup } from './command-group.js';

/** Commands that forget persons, and keep what forgetting rests on. */
export const personalDataCommands: CommandGroup = (program, context, ends) => {
  withJson(withConnection(program.command('erase')))
    .argument(
      '[subject]',
      "customer:<account>:<id>, recipient:<shipment>, an order's leaf, an e-mail address or a telephone number",
    )
    .description('forget a person: destroy the keys of all that tells of them')
    .option('--defer-until <day>', 'put it off until a day YYYY-MM-DD; needs --legal-basis')
    .option('--legal-basis <text>', 'why the data may be kept until then; names nobody')
    .option('--all', 'all persons that are found, where there are several')
    .option('--now', 'though orders are open or a deferral stands')
    .option('--complete <erasure>', 'complete an erasure that was put off')
    .option('--list', 'show every erasure and how far it is')
    .action(async (subject: string | undefined, options: EraseOptions & { list?: boolean }) => {
      const run = options.list === true ? runListErasures : runErase;
      ends(await run(context, options, subject));
    });
  const keys = program.command('keys').description('the keys of personal data');
  withJson(withConnection(keys.command('rotate')))
    .description('replace the key-encryption key; may be repeated where it was broken off')
    .action(async (options: ReadOptions) => {
      ends(await runRotateKeys(context, options));
    });
  const quarantine = program.command('quarantine').description('what was not understood');
  withJson(withConnection(quarantine.command('list')))
    .description('every entry, the newest first')
    .action(async (options: ReadOptions) => {
      ends(await runQuarantine(context, options));
    });
  withJson(withConnection(quarantine.command('resolve')))
    .argument('<source>', 'the account that delivered it')
    .argument('<digest>', 'the digest of its bytes')
    .description('say that an entry is done with; its bytes are destroyed in some days')
    .action(async (source: string, digest: string, options: ReadOptions) => {
      ends(await runResolveQuarantined(context, { source, digest }, options));
    });
};
