import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compileFolder } from '../../doubles/compiled-folder.js';

const repository = join(import.meta.dirname, '..', '..', '..');
export const installedPackages = join(repository, 'node_modules');

/** A Node process of its own that holds a running PostgreSQL, or could not start one. */
export interface LauncherProcess {
  readonly child: ChildProcess;
  readonly outcome:
    | { readonly started: true; readonly connectionString: string; readonly processId: number }
    | { readonly started: false; readonly code: string; readonly message: string };
  /** Ends it in good order. */
  stop(): Promise<void>;
}

const program = `
const { startEmbeddedPostgres } = await import(process.argv[1]);
try {
  const { stop, ...server } = await startEmbeddedPostgres({ directory: process.argv[2] });
  process.stdin.resume().once('end', () => void stop());
  console.log(JSON.stringify({ started: true, ...server }));
} catch ({ code, message }) {
  console.log(JSON.stringify({ started: false, code, message }));
}
`;

/** Compiles the launcher for plain Node; packages are found in `packages`. */
export async function compileLauncher(folder: string, packages: string): Promise<string> {
  await compileFolder(join(repository, 'libs', 'embedded-postgres', 'src'), folder);
  await symlink(packages, join(folder, 'node_modules'));
  return join(folder, 'index.js');
}

/** A process that starts PostgreSQL, as another user where `userId` is given (root only). */
export function spawnLauncher(launcher: string, directory: string, userId?: number) {
  return spawn(process.execPath, ['--input-type=module', '--eval', program, launcher, directory], {
    ...(userId === undefined ? {} : { uid: userId, gid: userId }),
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** Starts PostgreSQL in a process of its own and waits until it runs or could not be started. */
export async function startInOwnProcess(
  launcher: string,
  directory: string,
  userId?: number,
): Promise<LauncherProcess> {
  const child = spawnLauncher(launcher, directory, userId);
  const exited = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    child,
    outcome: JSON.parse(String(line)),
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
