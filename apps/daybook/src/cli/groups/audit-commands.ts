import {
  type AuditProofOptions,
  type AuditProveOptions,
  type AuditSealOptions,
  type AuditVerifyOptions,
  runAuditKey,
  runAuditProve,
  runAuditSeal,
  runAuditVerify,
  runAuditVerifyProof,
} from '../commands/audit.js';
import { dataDescription, withJson } from '../commands/read-options.js';
import type { CommandGroup } from './command-group.js';

/** Commands for seals: they work on the data directory, whether a Daybook runs on it or not. */
export const auditCommands: CommandGroup = (program, context, ends) => {
  const audit = program.command('audit').description('seal the ledger, verify it against seals');
  const onLedger = (name: string) =>
    withJson(audit.command(name)).option('--data <directory>', dataDescription);
  onLedger('seal')
    .description('publish a signed checkpoint and the leaf-hash tiles outside the data directory')
    .option('--to <place>', 'a folder or an address (default: what DAYBOOK_SEAL_… name)')
    .action(async (options: AuditSealOptions) => {
      ends(await runAuditSeal(context, options));
    });
  onLedger('verify')
    .description('read the whole store and compare it with seals held elsewhere')
    .option(
      '--checkpoint <place>',
      'a folder or address with checkpoint and tiles, or a checkpoint file; may be repeated',
      (place: string, places: readonly string[] | undefined) => [...(places ?? []), place],
    )
    .option('--key <vkey>', "the verifier key, or its file (default: the data directory's own)")
    .action(async (options: AuditVerifyOptions) => {
      ends(await runAuditVerify(context, options));
    });
  onLedger('prove')
    .argument('<event>', 'a sequence, or the id of an event')
    .description('write the bundle that proves, without Daybook, that an event was sealed as it is')
    .option('--from <place>', 'where the seal lies (default: what DAYBOOK_SEAL_… name)')
    .option('--output <file>', 'default: daybook-<sequence>.tlog-proof')
    .action(async (event: string, options: AuditProveOptions) => {
      ends(await runAuditProve(context, event, options));
    });
  onLedger('key')
    .description('print the verifier key, which auditors are to hold')
    .action(async (options: { readonly data?: string }) => {
      ends(await runAuditKey(context, options));
    });
  withJson(audit.command('verify-proof'))
    .argument('<bundle>', 'a .tlog-proof file')
    .description('check a bundle with nothing but the verifier key')
    .requiredOption('--key <vkey>', 'the verifier key, or its file')
    .action(async (bundle: string, options: AuditProofOptions) => {
      ends(await runAuditVerifyProof(context, bundle, options));
    });
};
