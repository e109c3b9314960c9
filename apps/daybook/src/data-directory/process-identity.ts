import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { systemErrorCode } from './system-error.js';

const execute = promisify(execFile);

/** What tells a running process apart from a later one that was given the same id. */
export interface ProcessIdentity {
  readonly processId: number;
  /** When it started, in whatever form the system tells; null where it does not tell. */
  readonly processStart: string | null;
}

/** The identity of this process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  const found = await lookUp(process.pid);
  return { processId: process.pid, processStart: found === 'ended' ? null : found.start };
}

/**
 * Whether the very process still runs. Where the system does not tell when processes started,
 * any process of that id counts: a refused start can be mended, two writers cannot.
 */
export async function isStillRunning({
  processId,
  processStart,
}: ProcessIdentity): Promise<boolean> {
  const found = await lookUp(processId);
  if (found === 'ended') return false;
  return found.start === null || processStart === null || found.start === processStart;
}

type Found = 'ended' | { readonly start: string | null };

async function lookUp(processId: number): Promise<Found> {
  if (!hasProcess(processId)) return 'ended';
  return process.platform === 'linux'
    ? lookUpProcessFiles(processId)
    : { start: await startFromProcessList(processId) };
}

function hasProcess(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // It belongs to another user, but it is there.
    return systemErrorCode(error) === 'EPERM';
  }
}

/**
 * Linux counts the clock ticks from the machine's start to the process's (`proc(5)`, field 22 of
 * `stat`), and the machine's start has an id of its own. A process in state Z (field 3) has ended
 * and only waits for its parent to notice.
 */
async function lookUpProcessFiles(processId: number): Promise<Found> {
  try {
    const machineStart = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = await readFile(`/proc/${processId}/stat`, 'utf8');
    // Field 2 is the program's name in parentheses and may itself hold spaces and parentheses.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields[18];
    if (state === 'Z') return 'ended';
    return { start: ticks === undefined ? null : `${machineStart.trim()}/${ticks}` };
  } catch {
    // Some systems hide the processes of other users.
    return { start: null };
  }
}

/** Exported for its specification, since only systems without /proc use it. */
export async function startFromProcessList(processId: number): Promise<string | null> {
  try {
    const { stdout } = await execute('ps', ['-o', 'lstart=', '-p', String(processId)], {
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    });
    return stdout.trim() === '' ? null : stdout.trim();
  } catch {
    return null;
  }
}
