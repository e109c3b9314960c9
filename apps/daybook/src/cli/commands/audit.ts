import { readFile, writeFile } from 'node:fs/promises';
import { bundleBytesMax, verifyProofBundle } from '#audit';
import type { CommandContext } from '../composition.js';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import { type Progress, startProgress } from '../progress.js';
import { auditView, placedSealView, provenView } from '../views/audit-view.js';
import { formatCount } from '../views/table.js';
import { checkLedger, dataDirectoryOf } from '../with-daybook.js';
import { printAnswer } from './read-options.js';

interface LedgerOptions {
  readonly data?: string;
  readonly json?: boolean;
}

export interface AuditSealOptions extends LedgerOptions {
  readonly to?: string;
}

/** `daybook audit seal` */
export async function runAuditSeal(
  { terminal, composition }: CommandContext,
  options: AuditSealOptions,
): Promise<ExitCode> {
  const dataDirectory = dataDirectoryOf(options);
  checkLedger(dataDirectory);
  const { to } = options;
  const { sealDaybook } = await composition.audit();
  const seals = await sealDaybook({
    dataDirectory,
    ...(to === undefined ? {} : { to }),
  });
  printAnswer(terminal, options, seals.map(withHexRoot), () => seals.flatMap(placedSealView));
  return seals.some(({ outcome }) => outcome === 'refused') ? exitCodes.found : exitCodes.done;
}

/** Roots are bytes inside and hexadecimal outside. */
function withHexRoot(answer: object): object {
  if (!('checkpoint' in answer)) return answer;
  const checkpoint = answer.checkpoint as { readonly root: Buffer };
  return { ...answer, checkpoint: { ...checkpoint, root: checkpoint.root.toString('hex') } };
}

export interface AuditVerifyOptions extends LedgerOptions {
  readonly checkpoint?: readonly string[];
  readonly key?: string;
}

/** `daybook audit verify` */
export async function runAuditVerify(
  { terminal, composition }: CommandContext,
  options: AuditVerifyOptions,
): Promise<ExitCode> {
  const dataDirectory = dataDirectoryOf(options);
  checkLedger(dataDirectory);
  const { checkpoint = [], key } = options;
  let bar: Progress | undefined;
  const { auditDaybook } = await composition.audit();
  const report = await auditDaybook({
    dataDirectory,
    checkpoints: checkpoint,
    ...(key === undefined ? {} : { key }),
    progress: (events, expected) => {
      bar ??= startProgress(terminal, 'events', expected);
      bar.reach(events);
    },
  }).finally(() => bar?.end());
  printAnswer(terminal, options, report, () => auditView(report));
  return report.outcome === 'sound' ? exitCodes.done : exitCodes.found;
}

export interface AuditProveOptions extends LedgerOptions {
  readonly from?: string;
  readonly output?: string;
}

/** `daybook audit prove` */
export async function runAuditProve(
  { terminal, composition }: CommandContext,
  event: string,
  options: AuditProveOptions,
): Promise<ExitCode> {
  const dataDirectory = dataDirectoryOf(options);
  checkLedger(dataDirectory);
  const { from } = options;
  const { proveDaybookEvent } = await composition.audit();
  const proven = await proveDaybookEvent({
    dataDirectory,
    event: /^\d{1,15}$/.test(event) ? Number(event) : event,
    ...(from === undefined ? {} : { from }),
  });
  if (proven.outcome === 'refused') {
    const { code, message } = proven;
    // What was sealed otherwise is found; an event that is not there or not sealed was asked for wrongly.
    const isFound = code === 'seal_differs' || code === 'checkpoint_refused';
    throw new CommandFailure(message, isFound ? exitCodes.found : exitCodes.usage, code);
  }
  const file = options.output ?? `daybook-${proven.sequence}.tlog-proof`;
  await writeFile(file, proven.bundle);
  const { sequence, event: named, checkpoint } = proven;
  const answer = { file, sequence, event: named, size: checkpoint.size };
  printAnswer(terminal, options, answer, () => [
    `${file}: event ${sequence} (${named.type} on ${named.leaf}, revision ${named.revision}) of the ${formatCount(checkpoint.size)} that were sealed.`,
  ]);
  return exitCodes.done;
}

/** `daybook audit key` */
export async function runAuditKey(
  { terminal, composition }: CommandContext,
  options: LedgerOptions,
): Promise<ExitCode> {
  const dataDirectory = dataDirectoryOf(options);
  checkLedger(dataDirectory);
  const { sealKeyOfDaybook } = await composition.audit();
  const key = await sealKeyOfDaybook(dataDirectory);
  printAnswer(terminal, options, { key }, () => [key]);
  return exitCodes.done;
}

export interface AuditProofOptions extends Pick<LedgerOptions, 'json'> {
  readonly key: string;
}

/** `daybook audit verify-proof`: needs no ledger, no store and no network. */
export async function runAuditVerifyProof(
  { terminal, composition }: CommandContext,
  bundle: string,
  options: AuditProofOptions,
): Promise<ExitCode> {
  const { verifierKeyFrom } = await composition.audit();
  const key = await verifierKeyFrom(options.key);
  const text = await readBundle(bundle);
  const verified = verifyProofBundle(text, key);
  if (verified.outcome === 'refused') {
    printAnswer(terminal, options, verified, () => [`Not proven: ${verified.message}`]);
    return exitCodes.found;
  }
  const leaf: unknown = JSON.parse(Buffer.from(verified.bundle.leaf).toString('utf8'));
  const { size, root, origin } = verified.checkpoint;
  const { index: sequence } = verified.bundle;
  const answer = { outcome: 'proven', sequence, origin, size, root: root.toString('hex'), leaf };
  printAnswer(terminal, options, answer, () => provenView(sequence, verified.checkpoint, leaf));
  return exitCodes.done;
}

async function readBundle(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new CommandFailure(
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Name the file that "daybook audit prove" wrote.`,
      exitCodes.usage,
    );
  }
  if (bytes.length > bundleBytesMax) {
    throw new CommandFailure(`${path} is no bundle: it is too long.`, exitCodes.usage);
  }
  return bytes.toString('utf8');
}
