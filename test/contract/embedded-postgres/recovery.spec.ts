import { readdir } from 'node:fs/promises';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresError,
} from '#embedded-postgres';
import {
  compileLauncher,
  installedPackages,
  spawnLauncher,
  startInOwnProcess,
} from './launcher-process.js';
import { isRunning, parentOf, query } from './queries.js';
import { useTemporaryFolder } from './temporary-folder.js';

const folder = useTemporaryFolder();
const directory = () => folder.path('postgres');
let launcher: string;
let running: EmbeddedPostgres | undefined;

beforeAll(async () => {
  launcher = await compileLauncher(folder.path('launcher'), installedPackages);
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

async function start(
  onFailure?: (failure: EmbeddedPostgresError) => void,
): Promise<EmbeddedPostgres> {
  running = await startEmbeddedPostgres({
    directory: directory(),
    ...(onFailure === undefined ? {} : { onFailure }),
  });
  return running;
}

async function startAndKeepARow(word: string) {
  const parent = await startInOwnProcess(launcher, directory());
  if (!parent.outcome.started) throw new Error(parent.outcome.message);
  const { connectionString, processId } = parent.outcome;
  await query(connectionString, 'create table if not exists kept (word text)');
  await query(connectionString, `insert into kept values ('${word}')`);
  return { parent, processId };
}

const keptWords = async (server: EmbeddedPostgres) =>
  (await query(server.connectionString, 'select word from kept')).map(({ word }) => word);

describe.runIf(process.platform === 'linux')('a PostgreSQL whose parent process is killed', () => {
  test('while it is being made leaves no half-made cluster to the next start', async () => {
    const parent = spawnLauncher(launcher, directory());
    const unfinished = async () =>
      (await readdir(directory())).filter((entry) => entry.startsWith('cluster'));
    await vi.waitFor(async () => expect(await unfinished()).toHaveLength(1), { timeout: 30_000 });

    parent.kill('SIGKILL');

    // What was being made is gone, or is removed by the next start: it may have been all but done.
    const server = await start();
    expect(await query(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await unfinished()).toEqual(['cluster']);
  });

  test('ends by itself, and the next start has what was acknowledged', async () => {
    const { parent, processId } = await startAndKeepARow('killed');
    const watcher = await parentOf(processId);

    parent.child.kill('SIGKILL');

    await vi.waitFor(() => expect(isRunning(processId)).toBe(false), { timeout: 60_000 });
    await vi.waitFor(() => expect(isRunning(watcher)).toBe(false), { timeout: 60_000 });
    expect(await keptWords(await start())).toContain('killed');
  });

  test('is stopped by the next start, never reused, when its watcher was killed too', async () => {
    const { parent, processId } = await startAndKeepARow('stray');
    for (const watcher of await watchersOf(processId)) process.kill(watcher, 'SIGKILL');
    parent.child.kill('SIGKILL');
    await vi.waitFor(async () => expect(await parentOf(processId)).toBe(1));
    expect(isRunning(processId)).toBe(true);

    const server = await start();

    expect(isRunning(processId)).toBe(false);
    expect(server.processId).not.toBe(processId);
    expect(await keptWords(server)).toContain('stray');
  });
});

/** The shell that waits for the server, and the one that waits for the parent's end. */
async function watchersOf(processId: number): Promise<readonly number[]> {
  const watcher = await parentOf(processId);
  const watchers = [watcher];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === processId) continue;
    if ((await parentOf(Number(entry)).catch(() => 0)) === watcher) watchers.unshift(Number(entry));
  }
  return watchers;
}

describe('a PostgreSQL that dies', () => {
  test('is reported once, with its log, and starts again with its data', async () => {
    const failures: EmbeddedPostgresError[] = [];
    const server = await start((failure) => failures.push(failure));
    await query(server.connectionString, 'create table if not exists kept (word text)');
    await query(server.connectionString, `insert into kept values ('crashed')`);

    process.kill(server.processId, 'SIGKILL');

    await vi.waitFor(() => expect(failures).toHaveLength(1), { timeout: 60_000 });
    expect(failures[0]).toMatchObject({
      code: 'server_ended',
      message: expect.stringContaining('server.log'),
    });
    expect(await keptWords(await start())).toContain('crashed');
  });

  test('is not reported when it was stopped', async () => {
    const onFailure = vi.fn<(failure: EmbeddedPostgresError) => void>();
    const server = await start(onFailure);
    await server.stop();
    expect(onFailure).not.toHaveBeenCalled();
  });
});
