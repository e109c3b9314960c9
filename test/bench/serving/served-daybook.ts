import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const program = join(import.meta.dirname, '../../../apps/daybook/src/main.js');
const startMillisecondsMax = 180_000;
const pollMilliseconds = 50;

/** The compiled program that serves in a process of its own, on a new data directory. */
export interface ServedDaybook {
  readonly url: string;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

export async function serveDaybook(): Promise<ServedDaybook> {
  const directory = await mkdtemp(join(tmpdir(), 'daybook-bench-'));
  // Root runs PostgreSQL as another user, who must be able to enter the folder.
  await chmod(directory, 0o711);
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--data', directory], {
    cwd: directory,
    env: { PATH: process.env['PATH'], DAYBOOK_VERIFY_HOURS: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
    await rm(directory, { recursive: true, force: true });
  };
  const deadline = performance.now() + startMillisecondsMax;
  while (performance.now() < deadline) {
    const record = await readRecord(directory);
    if (record && (await hasCaughtUp(record.url))) return { ...record, stop };
    await pause(pollMilliseconds);
  }
  await stop();
  throw new Error('Daybook did not start.');
}

async function readRecord(directory: string) {
  const text = await readFile(join(directory, 'run.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { url, databaseUrl } = JSON.parse(text) as ServedDaybook;
  return { url, databaseUrl };
}

async function hasCaughtUp(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    async (answer) => (await answer.text()).includes('"caught_up"'),
    () => false,
  );
}
