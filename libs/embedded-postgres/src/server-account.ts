import { execFile } from 'node:child_process';
import { lchown, lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './failure.js';
import { hasAccountEntry, systemAccounts } from './system-accounts.js';

const execute = promisify(execFile);
const probeTimeoutMilliseconds = 15_000;

/**
 * As whom PostgreSQL runs; it refuses root, and initdb refuses a user without an entry in the
 * password file.
 * - `current-user`: as this process.
 * - `other-user`: root gives its rights up for a system account, which then owns the files.
 * - `user-namespace`: as this process towards the file system, but seen from inside as another
 *   user (Linux, `unshare` of util-linux). It works below folders only this process can enter.
 */
export type ServerAccount =
  | { readonly kind: 'current-user' }
  | { readonly kind: 'other-user'; readonly uid: number; readonly gid: number }
  | { readonly kind: 'user-namespace'; readonly uid: number; readonly gid: number };

export interface AccountCommand {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

/** The command line that runs a program as an account. */
export function commandAs(
  account: ServerAccount,
  command: string,
  commandArguments: readonly string[],
): AccountCommand {
  if (account.kind === 'user-namespace') {
    const mapping = [`--map-user=${account.uid}`, `--map-group=${account.gid}`];
    return {
      command: 'unshare',
      arguments: ['--user', ...mapping, '--', command, ...commandArguments],
      identity: {},
    };
  }
  const identity = account.kind === 'other-user' ? { uid: account.uid, gid: account.gid } : {};
  return { command, arguments: commandArguments, identity };
}

/**
 * Chooses an account that can load the binaries and reach the directory, and gives it the
 * directory. Each candidate is tried by running `postgres --version` as it, because permission
 * bits alone do not tell (access lists, containers without user namespaces).
 *
 * @returns the account and the version text, such as `postgres (PostgreSQL) 18.4`
 * @throws EmbeddedPostgresError `no_account_to_run_as`
 */
export async function chooseServerAccount(
  binaries: PostgresBinaries,
  directory: string,
  environment: NodeJS.ProcessEnv,
): Promise<{ account: ServerAccount; version: string }> {
  const refusals: string[] = [];
  for (const account of await candidateAccounts()) {
    try {
      const version = await probe(account, binaries, dirname(directory), environment);
      await giveDirectory(directory, account);
      return { account, version };
    } catch (error) {
      refusals.push(`${describe(account)}: ${reasonOf(error)}`);
    }
  }
  throw new EmbeddedPostgresError(
    'no_account_to_run_as',
    `PostgreSQL cannot be run on ${directory}. Tried ${refusals.join('; ')}. ` +
      `Set DATABASE_URL to a PostgreSQL of your own, start this program as an ordinary user, ` +
      `or choose a data directory whose parent folders other users may enter.`,
  );
}

async function candidateAccounts(): Promise<readonly ServerAccount[]> {
  const accounts = await systemAccounts();
  const inNamespace = accounts.find(({ uid }) => uid !== overflowUserId);
  const namespaces: ServerAccount[] =
    inNamespace === undefined
      ? []
      : [{ kind: 'user-namespace', uid: inNamespace.uid, gid: inNamespace.gid }];
  if (process.getuid?.() !== 0) {
    return hasAccountEntry() ? [{ kind: 'current-user' }] : namespaces;
  }
  const others = ['postgres', 'nobody'].flatMap((name): ServerAccount[] => {
    const account = accounts.find((candidate) => candidate.name === name);
    return account === undefined
      ? []
      : [{ kind: 'other-user', uid: account.uid, gid: account.gid }];
  });
  return [...others, ...namespaces];
}

/** Linux shows unmapped owners in a user namespace as this id (usually "nobody"). */
const overflowUserId = 65_534;

async function probe(
  account: ServerAccount,
  binaries: PostgresBinaries,
  parentDirectory: string,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const script = 'cd -- "$1" && [ -r "$2" ] && exec "$3" --version';
  const catalogue = join(binaries.nativeDirectory, 'share', 'postgresql', 'postgres.bki');
  const {
    command,
    arguments: commandArguments,
    identity,
  } = commandAs(account, '/bin/sh', [
    '-c',
    script,
    'sh',
    parentDirectory,
    catalogue,
    binaries.postgres,
  ]);
  const { stdout } = await execute(command, [...commandArguments], {
    ...identity,
    cwd: '/',
    env: environment,
    timeout: probeTimeoutMilliseconds,
  });
  return stdout.trim();
}

/**
 * Makes the account the owner of the directory and of everything in it. The directory itself
 * comes last, so that an interrupted change is seen and done again.
 */
async function giveDirectory(directory: string, account: ServerAccount): Promise<void> {
  if (account.kind === 'current-user') return;
  const { uid } = await lstat(directory);
  if (uid === ownerOf(account).uid) return;
  for (const entry of await readdir(directory, { recursive: true })) {
    await giveFile(join(directory, entry), account);
  }
  await giveFile(directory, account);
}

/** Makes the account the owner of one file that this process has made. */
export async function giveFile(path: string, account: ServerAccount): Promise<void> {
  if (account.kind === 'current-user') return;
  const { uid, gid } = ownerOf(account);
  await lchown(path, uid, gid);
}

/** Who owns the account's files, as seen outside of a user namespace. */
function ownerOf(account: ServerAccount): { uid: number; gid: number } {
  return account.kind === 'other-user'
    ? account
    : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
}

function describe(account: ServerAccount): string {
  return account.kind === 'current-user' ? 'this user' : `${account.kind} ${account.uid}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const standardError = 'stderr' in error ? String(error.stderr).trim() : '';
  return standardError === '' ? error.message.split('\n', 1).join('') : standardError;
}
