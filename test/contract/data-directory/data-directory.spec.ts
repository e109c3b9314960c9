import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileFolder } from '../../doubles/compiled-folder.js';

const source = join(import.meta.dirname, '../../../apps/daybook/src/data-directory');
const program = `
const { openDataDirectory } = await import(process.argv[1]);
const { release, ...outcome } = await openDataDirectory(process.argv[2]);
console.log(JSON.stringify(outcome));
process.stdin.resume();
`;

let folder: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-data-directory-'));
  await compileFolder(source, join(folder, 'program'));
});
afterAll(async () => {
  await Promise.all(children.map(kill));
  await rm(folder, { recursive: true, force: true });
});

/** A process that opens the data directory and keeps it until it is killed. */
async function openInOwnProcess(): Promise<{ child: ChildProcess; outcome: unknown }> {
  const programArguments = [join(folder, 'program', 'index.js'), join(folder, 'data')];
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', program, ...programArguments],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, outcome: JSON.parse(String(line)) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

test('a data directory belongs to one process until that ends, however it ends', async () => {
  const first = await openInOwnProcess();
  expect(first.outcome).toMatchObject({ outcome: 'opened', path: join(folder, 'data') });

  const second = await openInOwnProcess();
  expect(second.outcome).toMatchObject({
    outcome: 'refused',
    code: 'data_directory_locked',
    message: expect.stringContaining(`Process ${first.child.pid} has held`),
  });

  await kill(first.child);
  const racing = await Promise.all([openInOwnProcess(), openInOwnProcess(), openInOwnProcess()]);
  const opened = racing.filter(({ outcome }) => JSON.stringify(outcome).includes('"opened"'));
  expect(opened).toHaveLength(1);
});
