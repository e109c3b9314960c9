import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresBinaries } from './binaries.js';
import { readPassword, writePassword } from './cluster-password.js';
import { EmbeddedPostgresError, systemErrorCode } from './failure.js';
import type { ServerAccount } from './server-account.js';
import type { ServerLog } from './server-log.js';
import { startWatchedProcess } from './watched-process.js';

const unfinishedPrefix = 'cluster-unfinished-';

/** A PostgreSQL data directory that is complete, of the right version, and its password. */
export interface Cluster {
  readonly directory: string;
  readonly password: string;
}

export interface ClusterOptions {
  /** The folder that holds `cluster/`, `password` and the log; the account owns it. */
  readonly directory: string;
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
  /** What `postgres --version` prints. */
  readonly version: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: ServerLog;
}

/** The superuser, and the database that initdb makes for it. */
export const databaseUser = 'postgres';

/** Where PostgreSQL's own data directory lies in the folder given to the launcher. */
export function clusterDirectoryIn(directory: string): string {
  return join(directory, 'cluster');
}

/**
 * Opens the cluster, or makes a new one. A new one is built beside and renamed when it is whole,
 * so that a crash in the middle leaves nothing that looks like a cluster.
 *
 * @throws EmbeddedPostgresError `version_mismatch` or `cluster_unusable`
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const directory = clusterDirectoryIn(options.directory);
  const passwordFile = join(options.directory, 'password');
  const clusterMajor = await readMajorVersion(directory);
  if (clusterMajor !== undefined) {
    requireSameMajor(directory, clusterMajor, options.version);
    return { directory, password: await readPassword(passwordFile) };
  }
  await removeUnfinished(options.directory);
  const password = await writePassword(passwordFile, options.account);
  const unfinished = join(
    options.directory,
    `${unfinishedPrefix}${randomBytes(6).toString('hex')}`,
  );
  await initialise(options, unfinished, passwordFile);
  await rename(unfinished, directory);
  await synchroniseDirectory(options.directory);
  return { directory, password };
}

async function readMajorVersion(directory: string): Promise<string | undefined> {
  try {
    return (await readFile(join(directory, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
  const exists = await stat(directory).then(
    () => true,
    () => false,
  );
  if (!exists) return undefined;
  throw new EmbeddedPostgresError(
    'cluster_unusable',
    `${directory} has no PG_VERSION file, so it is not a PostgreSQL data directory. ` +
      `Restore it from a backup, or move it away to start with an empty database.`,
  );
}

function requireSameMajor(directory: string, clusterMajor: string, version: string): void {
  const programMajor = /\(PostgreSQL\) (\d+)/.exec(version)?.[1];
  if (clusterMajor === programMajor) return;
  throw new EmbeddedPostgresError(
    'version_mismatch',
    `${directory} was written by PostgreSQL ${clusterMajor}, but this program ships ${version}. ` +
      `Start it with the release of this program that wrote it and export what is kept, then ` +
      `move the folder away and import; or set DATABASE_URL to a PostgreSQL ${clusterMajor}.`,
  );
}

async function removeUnfinished(directory: string): Promise<void> {
  for (const entry of await readdir(directory)) {
    if (!entry.startsWith(unfinishedPrefix)) continue;
    await rm(join(directory, entry), { recursive: true, force: true, maxRetries: 10 });
  }
}

async function initialise(
  options: ClusterOptions,
  clusterDirectory: string,
  passwordFile: string,
): Promise<void> {
  const { account, binaries, environment, log } = options;
  const initdb = await startWatchedProcess({
    account,
    program: binaries.initdb,
    programArguments: [
      `--pgdata=${clusterDirectory}`,
      `--username=${databaseUser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      // Text sorts by its bytes, so a key order never depends on the machine's language.
      '--locale=C',
      '--encoding=UTF8',
    ],
    environment,
    output: log.descriptor,
  });
  const { status, signal } = await initdb.exited;
  if (status === 0) return;
  throw new EmbeddedPostgresError(
    'cluster_unusable',
    `initdb could not make ${clusterDirectory} (${signal ?? `status ${status}`}). ` +
      `${log.path} ends with:\n${await log.tail()}`,
  );
}

/** A rename survives a power cut only when the folder that holds the name is written too. */
async function synchroniseDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
