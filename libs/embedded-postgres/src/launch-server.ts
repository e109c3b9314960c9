import { setTimeout as delay } from 'node:timers/promises';
import type { PostgresBinaries } from './binaries.js';
import type { Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './failure.js';
import { findFreePort } from './free-port.js';
import type { ServerAccount } from './server-account.js';
import type { ServerLog } from './server-log.js';
import { readPostmasterFile } from './server-processes.js';
import { serverSettings } from './server-settings.js';
import { stopServer } from './server-shutdown.js';
import { startWatchedProcess, type WatchedProcess } from './watched-process.js';

const portAttemptsMax = 5;
/** Long, because after a crash the server first replays its write-ahead log. */
const startTimeoutMilliseconds = 300_000;
const readyPollMilliseconds = 10;

/** What a server is started with. */
export interface StartContext {
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: ServerLog;
}

export interface LaunchedServer {
  readonly process: WatchedProcess;
  readonly port: number;
}

/**
 * Starts a server on a cluster and waits until it accepts connections, on any free port or on the
 * one that is given.
 *
 * @throws EmbeddedPostgresError `start_failed`
 */
export async function launchServer(
  context: StartContext,
  cluster: Cluster,
  givenPort?: number,
): Promise<LaunchedServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = givenPort ?? (await findFreePort());
    const process = await startWatchedProcess({
      account: context.account,
      program: context.binaries.postgres,
      programArguments: ['-D', cluster.directory, ...serverSettings(port)],
      environment: context.environment,
      output: context.log.descriptor,
    });
    if (await becomesReady(process, cluster.directory)) return { process, port };
    const tail = await context.log.tail();
    // Another program may have taken the port since it was found free.
    const isTaken = tail.includes('could not create any TCP/IP sockets');
    if (isTaken && givenPort === undefined && attempt < portAttemptsMax) continue;
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
