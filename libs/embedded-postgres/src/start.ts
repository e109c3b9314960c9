import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { resolveBinaries, type PostgresBinaries } from './binaries.js';
import { clusterDirectoryIn, databaseUser, openCluster, type Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './failure.js';
import { findFreePort } from './free-port.js';
import { ensureLibraryLinks } from './library-links.js';
import { chooseServerAccount, giveFile, type ServerAccount } from './server-account.js';
import { openServerLog, type ServerLog } from './server-log.js';
import { readPostmasterFile, stopStrayServer } from './server-processes.js';
import { serverSettings } from './server-settings.js';
import { stopServer } from './server-shutdown.js';
import { startWatchedProcess, type WatchedProcess } from './watched-process.js';

const portAttemptsMax = 5;
/** Long, because after a crash the server first replays its write-ahead log. */
const startTimeoutMilliseconds = 300_000;
const readyPollMilliseconds = 10;

export interface EmbeddedPostgresOptions {
  /**
   * A folder for PostgreSQL alone; made when absent. It receives `cluster/` (the data),
   * `password` (mode 0600) and `server.log`.
   */
  readonly directory: string;
  /** Called once when the server ends without having been asked to. */
  readonly onFailure?: (failure: EmbeddedPostgresError) => void;
}

export interface EmbeddedPostgres {
  /** `postgres://` URL of the superuser on 127.0.0.1; it holds the password, so never log it. */
  readonly connectionString: string;
  readonly port: number;
  /** The process id of the postmaster. */
  readonly processId: number;
  /**
   * Fast shutdown: open transactions are rolled back, everything is written, the server ends.
   * After 30 seconds it is made to end at once (the next start then recovers). May be repeated.
   */
  stop(): Promise<void>;
}

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
    return await startServer(context, cluster, options.onFailure);
  } catch (error) {
    await log.close();
    throw error;
  }
}

interface StartContext {
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: ServerLog;
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

async function startServer(
  context: StartContext,
  cluster: Cluster,
  onFailure: EmbeddedPostgresOptions['onFailure'],
): Promise<EmbeddedPostgres> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    const server = await startWatchedProcess({
      account: context.account,
      program: context.binaries.postgres,
      programArguments: ['-D', cluster.directory, ...serverSettings(port)],
      environment: context.environment,
      output: context.log.descriptor,
    });
    if (await becomesReady(server, cluster.directory)) {
      return runningServer(server, port, cluster, context.log, onFailure);
    }
    const tail = await context.log.tail();
    // Another program may have taken the port since it was found free.
    if (tail.includes('could not create any TCP/IP sockets') && attempt < portAttemptsMax) continue;
    throw new EmbeddedPostgresError(
      'start_failed',
      `PostgreSQL did not start on ${cluster.directory}. ${context.log.path} ends with:\n${tail}`,
    );
  }
}

/** True when the server accepts connections; false when it has ended instead. */
async function becomesReady(server: WatchedProcess, clusterDirectory: string): Promise<boolean> {
  const deadline = performance.now() + startTimeoutMilliseconds;
  while (!server.hasExited()) {
    const lines = await readPostmasterFile(clusterDirectory);
    if (lines[0] === String(server.processId) && lines[7] === 'ready') return true;
    if (performance.now() > deadline) {
      await stopServer(server);
      return false;
    }
    await Promise.race([server.exited, delay(readyPollMilliseconds)]);
  }
  return false;
}

function runningServer(
  server: WatchedProcess,
  port: number,
  cluster: Cluster,
  log: ServerLog,
  onFailure: EmbeddedPostgresOptions['onFailure'],
): EmbeddedPostgres {
  let stopping: Promise<void> | undefined;
  const ended = server.exited.then(async ({ status, signal }) => {
    const tail = await log.tail();
    await log.close();
    if (stopping !== undefined) return;
    onFailure?.(
      new EmbeddedPostgresError(
        'server_ended',
        `PostgreSQL ended (${signal ?? `status ${status}`}) without being asked to. ` +
          `${log.path} ends with:\n${tail}`,
      ),
    );
  });
  return {
    connectionString: `postgres://${databaseUser}:${cluster.password}@127.0.0.1:${port}/${databaseUser}`,
    port,
    processId: server.processId,
    stop: () => (stopping ??= stopServer(server).then(() => ended)),
  };
}
