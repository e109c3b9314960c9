import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { systemErrorCode } from './failure.js';
import { commandAs, type ServerAccount } from './server-account.js';

/**
 * Runs "$@" for as long as standard input stays open. When this Node process dies, however
 * abruptly, the kernel closes the pipe, and the program gets a fast shutdown (SIGINT), then after
 * 30 seconds an immediate one (SIGQUIT). The first line on standard output is its process id.
 *
 * Signals sent to the whole process group or service do not end the watch itself; the program
 * gets them as usual, where a shell would have it ignore some in the background.
 */
const watchScript = `
trap '' HUP INT TERM
exec 3<&0 </dev/null
(trap - HUP INT QUIT TERM; exec "$@" 3<&- >&2) &
watched=$!
echo "$watched"
{
  read -r _ <&3
  kill -INT "$watched"
  remaining=30
  while [ "$remaining" -gt 0 ] && kill -0 "$watched"; do
    sleep 1
    remaining=$((remaining - 1))
  done
  kill -QUIT "$watched"
} 2>/dev/null >/dev/null &
watcher=$!
exec 3<&-
wait "$watched"
status=$?
kill -KILL "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "$status"
`;

/** How a watched program ended: its exit status, 128 + signal number where a signal ended it. */
interface WatchedExit {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface WatchedProcess {
  /** The process id of the program, not of its watcher. */
  readonly processId: number;
  /** Resolves when the program has ended; never rejects. */
  readonly exited: Promise<WatchedExit>;
  hasExited(): boolean;
  /** Signals the program; nothing happens when it has ended. */
  signal(signal: NodeJS.Signals): void;
}

export interface WatchedProcessOptions {
  readonly account: ServerAccount;
  readonly program: string;
  readonly programArguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** An open file descriptor that receives the program's output. */
  readonly output: number;
}

/**
 * Starts a program that does not outlive this process. It has its own session, so that Ctrl-C at
 * a terminal reaches this process alone, which then stops the program in its own order.
 */
export async function startWatchedProcess(options: WatchedProcessOptions): Promise<WatchedProcess> {
  const {
    command,
    arguments: commandArguments,
    identity,
  } = commandAs(options.account, '/bin/sh', [
    '-c',
    watchScript,
    'sh',
    options.program,
    ...options.programArguments,
  ]);
  const child = spawn(command, commandArguments, {
    ...identity,
    cwd: '/',
    env: options.environment,
    detached: true,
    stdio: ['pipe', 'pipe', options.output],
  });
  let ended = false;
  const exited = new Promise<WatchedExit>((resolve) => {
    child.once('exit', (status, signal) => {
      ended = true;
      resolve({ status, signal });
    });
  });
  // A write end that breaks because the watcher has ended is reported by 'exit'.
  child.stdin?.on('error', () => undefined);
  const processId = await firstLineAsProcessId(child);
  return {
    processId,
    exited,
    hasExited: () => ended,
    signal: (signal) => {
      if (!ended) sendSignal(processId, signal);
    },
  };
}

function firstLineAsProcessId(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    if (child.stdout === null) return;
    const lines = createInterface({ input: child.stdout });
    lines.once('line', (line) => resolve(Number(line)));
    lines.once('close', () =>
      reject(new Error('The shell that watches PostgreSQL ended before it started the program.')),
    );
  });
}

function sendSignal(processId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(processId, signal);
  } catch (error) {
    if (systemErrorCode(error) !== 'ESRCH') throw error;
  }
}
