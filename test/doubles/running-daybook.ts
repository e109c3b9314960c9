import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { putDataDirectory } from './prepared-copies.js';

const program = join(import.meta.dirname, '../../dist/apps/daybook/src/main.js');
const startMilliseconds = 90_000;
const stopMilliseconds = 60_000;
const pollMilliseconds = 25;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the body, or its text where it is none. */
  readonly body: unknown;
}

export interface RunningDaybook {
  readonly url: string;
  readonly dataDirectory: string;
  get(path: string): Promise<Answer>;
  /** Sends text or bytes as they are, and anything else as JSON. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Resolves with the exit code once the process has ended by itself. */
  ended(): Promise<number | null>;
  /** What the process has logged, as lines of JSON. */
  log(): string;
  /** Asks the process to end (SIGTERM) and answers its exit code; the data stays. */
  end(): Promise<number | null>;
  /** Ends the process and removes its data. */
  stop(): Promise<void>;
}

/**
 * The compiled program, serving in a process of its own on a data directory of its own: its threads
 * cannot be loaded from TypeScript. `npm run build` comes before, as `npm test` does it.
 *
 * A directory that is given is taken as it is; one that is made here comes with an initialised
 * PostgreSQL, because making one takes longer than all the rest of a start.
 */
export async function startRunningDaybook(
  options: { readonly dataDirectory?: string; readonly environment?: NodeJS.ProcessEnv } = {},
): Promise<RunningDaybook> {
  if (!existsSync(program)) throw new Error(`${program} is missing. Run: npm run build`);
  const dataDirectory = options.dataDirectory ?? (await newDataDirectory(options.environment));
  const child = spawn(
    process.execPath,
    [program, 'serve', '--port', '0', '--data', dataDirectory],
    {
      cwd: dataDirectory,
      env: { PATH: process.env['PATH'], DAYBOOK_VERIFY_HOURS: '0', ...options.environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const log: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text));
  const url = await addressOf(child, dataDirectory, log).catch(async (error: unknown) => {
    if (options.dataDirectory === undefined) await remove(dataDirectory);
    throw error;
  });
  const end = () => endOf(child);
  return {
    url,
    dataDirectory,
    get: (path) => request(`${url}${path}`, { method: 'GET' }),
    post: (path, body, headers = {}) =>
      request(`${url}${path}`, { method: 'POST', body: bytesOf(body), headers }),
    end,
    ended: () => exitOf(child),
    log: () => log.join(''),
    stop: async () => {
      await end();
      await remove(dataDirectory);
    },
  };
}

/** Runs `daybook verify --full` on a data directory, whether a Daybook runs on it or not. */
export async function verification(
  dataDirectory: string,
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const child = spawn(process.execPath, [program, 'verify', '--full', '--data', dataDirectory], {
    cwd: dataDirectory,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  const exitCode = await exitOf(child);
  return { exitCode, output: output.join('') };
}

function remove(dataDirectory: string): Promise<void> {
  return rm(dataDirectory, { recursive: true, force: true });
}

async function newDataDirectory(environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-running-'));
  // Root runs PostgreSQL as another user, who must be able to enter the folder.
  await chmod(folder, 0o711);
  if (environment['DATABASE_URL'] === undefined) await putDataDirectory(folder);
  return folder;
}

/** Waits until the process has written where it serves and says that it is ready. */
async function addressOf(child: ChildProcess, folder: string, log: string[]): Promise<string> {
  const deadline = performance.now() + startMilliseconds;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    const url = await recordedUrl(folder, child.pid);
    const ready = url && (await request(`${url}/health/ready`, {}).catch(() => undefined));
    if (url && ready && ready.status === 200) return url;
    await pause(pollMilliseconds);
  }
  child.kill('SIGKILL');
  throw new Error(`Daybook did not start (exit code ${child.exitCode}):\n${log.join('')}`);
}

async function recordedUrl(
  folder: string,
  processId: number | undefined,
): Promise<string | undefined> {
  try {
    const record: unknown = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'));
    const { url, processId: writer } = record as { url: string; processId: number };
    return writer === processId ? url : undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

async function request(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function endOf(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM');
  return exitOf(child);
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const timeout = new AbortController();
  const late = pause(stopMilliseconds, 'late', timeout).catch(() => undefined);
  const outcome = await Promise.race([exited, late]);
  timeout.abort();
  if (outcome === 'late') {
    child.kill('SIGKILL');
    throw new Error(`Daybook did not end within ${stopMilliseconds} ms.`);
  }
  return child.exitCode;
}
