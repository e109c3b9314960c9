import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError, systemErrorCode } from './failure.js';

const execute = promisify(execFile);
const pollIntervalMilliseconds = 25;
const fastShutdownMilliseconds = 30_000;
const immediateShutdownMilliseconds = 5_000;
const killMilliseconds = 5_000;

/**
 * Stops every PostgreSQL process that still works on a cluster, such as a server whose parent was
 * killed, and removes a `postmaster.pid` that names another program (process ids are soon used
 * again after a restart of the machine or container, and PostgreSQL would refuse to start).
 * A stray server is never reused: nobody knows with which settings or password it runs.
 *
 * The caller holds the lock of the data directory, so whatever runs here is a stray.
 *
 * @throws EmbeddedPostgresError `stray_server_not_stopped`
 */
export async function stopStrayServer(clusterDirectory: string): Promise<void> {
  if (!existsSync(clusterDirectory)) return;
  const postmaster = await readPostmasterProcessId(clusterDirectory);
  const running = await findServerProcesses(clusterDirectory);
  // Without its postmaster, a worker process has nothing left to finish.
  const steps: readonly (readonly [NodeJS.Signals, readonly number[], number])[] =
    postmaster !== undefined && running.includes(postmaster)
      ? [
          ['SIGINT', [postmaster], fastShutdownMilliseconds],
          ['SIGQUIT', [postmaster], immediateShutdownMilliseconds],
        ]
      : [['SIGQUIT', running, immediateShutdownMilliseconds]];
  for (const [signal, processIds, milliseconds] of steps) {
    sendSignal(processIds, signal);
    if (await noneLeft(clusterDirectory, milliseconds)) {
      return removeMisleadingProcessFile(clusterDirectory, postmaster);
    }
  }
  const left = await findServerProcesses(clusterDirectory);
  sendSignal(left, 'SIGKILL');
  if (await noneLeft(clusterDirectory, killMilliseconds)) return;
  throw new EmbeddedPostgresError(
    'stray_server_not_stopped',
    `PostgreSQL processes ${left.join(', ')} of an earlier start still work on ` +
      `${clusterDirectory} and do not end. End them, then start again.`,
  );
}

/**
 * The PostgreSQL processes whose working directory is the cluster: the postmaster changes into
 * it, and its children inherit that. Where there is no /proc, the postmaster is found by its
 * command line, which its children have only until they give themselves a title.
 */
async function findServerProcesses(clusterDirectory: string): Promise<readonly number[]> {
  return process.platform === 'linux'
    ? findByWorkingDirectory(clusterDirectory)
    : findByCommandLine(clusterDirectory);
}

async function findByWorkingDirectory(clusterDirectory: string): Promise<readonly number[]> {
  const cluster = await stat(clusterDirectory);
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // The name goes on with " (deleted)" where the package was replaced meanwhile.
      const program = basename(await readlink(`/proc/${entry}/exe`));
      if (program !== 'postgres' && !program.startsWith('postgres ')) continue;
      const working = await stat(`/proc/${entry}/cwd`);
      if (working.dev === cluster.dev && working.ino === cluster.ino) found.push(Number(entry));
    } catch (error) {
      // Ended meanwhile, or of a user whose processes we may neither read nor signal.
      if (!['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(systemErrorCode(error) ?? '')) {
        throw error;
      }
    }
  }
  return found;
}

/** Exported for its specification, since only systems without /proc use it. */
export async function findByCommandLine(clusterDirectory: string): Promise<readonly number[]> {
  const { stdout } = await execute('ps', ['-A', '-ww', '-o', 'pid=,command=']);
  return stdout.split('\n').flatMap((line) => {
    const [, processId, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    if (processId === undefined || command === undefined) return [];
    const isServer = /^\S*\/postgres -D /.test(command);
    return isServer && command.includes(` -D ${clusterDirectory} `) ? [Number(processId)] : [];
  });
}

async function noneLeft(clusterDirectory: string, timeoutMilliseconds: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMilliseconds;
  for (;;) {
    if ((await findServerProcesses(clusterDirectory)).length === 0) return true;
    if (performance.now() > deadline) return false;
    await delay(pollIntervalMilliseconds);
  }
}

function sendSignal(processIds: readonly number[], signal: NodeJS.Signals): void {
  for (const processId of processIds) {
    try {
      process.kill(processId, signal);
    } catch (error) {
      if (systemErrorCode(error) !== 'ESRCH') throw error;
    }
  }
}

async function removeMisleadingProcessFile(
  clusterDirectory: string,
  postmaster: number | undefined,
): Promise<void> {
  if (postmaster === undefined || !isAlive(postmaster)) return;
  await rm(join(clusterDirectory, 'postmaster.pid'), { force: true });
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

/** The process id in the first line of `postmaster.pid`; undefined where there is none. */
async function readPostmasterProcessId(clusterDirectory: string): Promise<number | undefined> {
  const [processId = ''] = await readPostmasterFile(clusterDirectory);
  return /^\d+$/.test(processId) ? Number(processId) : undefined;
}

/**
 * The lines of `postmaster.pid` (process id, directory, start time, port, socket folder, listen
 * address, shared memory, status), as PostgreSQL's `miscadmin.h` lists them; empty without one.
 */
export async function readPostmasterFile(clusterDirectory: string): Promise<readonly string[]> {
  try {
    const text = await readFile(join(clusterDirectory, 'postmaster.pid'), 'utf8');
    return text.split('\n').map((line) => line.trim());
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
