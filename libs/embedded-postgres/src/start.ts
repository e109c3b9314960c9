import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveBinaries } from './binaries.js';
import { clusterDirectoryIn, openCluster } from './cluster.js';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.js';
import { ensureLibraryLinks } from './library-links.js';
import { chooseServerAccount, giveFile } from './server-account.js';
import { openServerLog } from './server-log.js';
import { stopStrayServer } from './server-processes.js';
import { startSupervisedServer } from './supervised-server.js';

/**
 * Starts the PostgreSQL that npm installed with this program: durable (fsync and
 * synchronous_commit on), on a free port of 127.0.0.1, with password authentication, text in byte
 * order and times in UTC. It ends when this process ends, however that comes about.
 *
 * The caller must be the only one to use the directory: a server that still runs there is taken
 * for the remains of a killed process and stopped.
 *
 * @throws EmbeddedPostgresError with a code and a message that says what to do
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const directory = await realpath(options.directory);
  await stopStrayServer(clusterDirectoryIn(directory));
  const binaries = await resolveBinaries();
  const libraryPath = await ensureLibraryLinks(
    binaries.nativeDirectory,
    join(directory, 'libraries'),
  );
  const environment = serverEnvironment(libraryPath);
  const { account, version } = await chooseServerAccount(binaries, directory, environment);
  const log = await openServerLog(join(directory, 'server.log'));
  try {
    await giveFile(log.path, account);
    const context = { directory, binaries, account, version, environment, log };
    const cluster = await openCluster(context);
    return await startSupervisedServer(context, cluster, options);
  } catch (error) {
    await log.close();
    throw error;
  }
}

/** Nothing of ours is inherited: variables such as PGDATA or TZ would change what runs. */
function serverEnvironment(libraryPath: string | undefined): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(libraryPath === undefined ? {} : { LD_LIBRARY_PATH: libraryPath }),
  };
}
