import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterEach, describe, expect, it } from 'vitest';
import { runDaybook } from './command-line.js';

const program = join(import.meta.dirname, '../../dist/apps/daybook/src/main.js');
const certificates = join(import.meta.dirname, '../fixtures/certificates');
const certificateFile = join(certificates, 'test-node.certificate.pem');
const keyFile = join(certificates, 'test-node.key.pem');
const password = 'only in specifications';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-eventstore-spec-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const exitOf = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', resolve));

/** The port that a process says it listens on, or what it says instead. */
function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const port = /^LISTENING (\d+)$/m.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code}, saying ${said}`)));
  });
}

async function start(
  options: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, [program, 'eventstore', '--port', '0', ...options], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  undo.push(async () => {
    child.kill('SIGKILL');
    await exitOf(child);
  });
  return { child, port: await listening(child) };
}

function clientOf(connectionString: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(connectionString);
  undo.push(() => client.dispose());
  return client;
}

async function read(client: EventStoreDBClient, stream: string): Promise<readonly unknown[]> {
  const types: unknown[] = [];
  for await (const { event } of client.readStream(stream)) types.push(event?.type);
  return types;
}

const append = (client: EventStoreDBClient, stream: string): Promise<unknown> =>
  client.appendToStream(stream, jsonEvent({ type: 'T', data: {} }));

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket.destroy().destroyed));
    socket.once('error', () => resolve(false));
  });

describe('daybook eventstore', () => {
  it('keeps what it acknowledged over a stop by a signal, and gives its folder back', async () => {
    const folder = await newFolder();
    const first = await start(['--db', folder]);
    await append(clientOf(`esdb://127.0.0.1:${first.port}?tls=false`), 's');
    first.child.kill('SIGTERM');
    expect(await exitOf(first.child)).toBe(0);

    const second = await start(['--db', folder]);
    const client = clientOf(`esdb://127.0.0.1:${second.port}?tls=false`);
    expect(await read(client, 's')).toEqual(['T']);
    const third = await runDaybook(['eventstore', '--port', '0', '--db', folder]);
    expect(third).toMatchObject({ exitCode: 3, output: '' });
    expect(third.notes).toMatch(/has held the lock/);
  });

  it('says in one line that its port is in use', async () => {
    const { port } = await start(['--mem-db']);
    const run = await runDaybook(['eventstore', '--mem-db', '--port', String(port)]);
    expect(run.notes).toMatch(new RegExp(`^Port ${port} on 127.0.0.1 is in use[^\n]*\n$`));
    expect(run.exitCode).toBe(3);
  });

  it('keeps nothing with --mem-db', async () => {
    const { child, port } = await start(['--mem-db']);
    const client = clientOf(`esdb://127.0.0.1:${port}?tls=false`);
    await append(client, 's');
    expect(await read(client, 's')).toEqual(['T']);
    child.kill('SIGINT');
    expect(await exitOf(child)).toBe(0);
  });

  it('serves the administrator over TLS, and nobody else', async () => {
    const tls = ['--certificate-file', certificateFile, '--certificate-private-key-file', keyFile];
    const { port } = await start(['--mem-db', ...tls], {
      DAYBOOK_EVENTSTORE_ADMIN_PASSWORD: password,
    });
    const address = (user: string): string =>
      `esdb://${user}127.0.0.1:${port}?tls=true&tlsCAFile=${encodeURIComponent(certificateFile)}`;
    const admin = clientOf(address(`admin:${encodeURIComponent(password)}@`));
    await append(admin, 's');
    expect(await read(admin, 's')).toEqual(['T']);
    const stranger = read(clientOf(address('')), 's');
    await expect(stranger).rejects.toMatchObject({ type: 'access-denied' });
  });

  it.each([
    ['neither --db nor --mem-db', [], /--db <directory>, or --mem-db/],
    ['both', ['--db', 'x', '--mem-db'], /--db <directory>, or --mem-db/],
    ['a password without TLS', ['--mem-db', '--admin-password', 'x'], /no use without TLS/],
    ['half of TLS', ['--mem-db', '--certificate-file', certificateFile], /takes both/],
    [
      'TLS without a password',
      [
        '--mem-db',
        '--certificate-file',
        certificateFile,
        '--certificate-private-key-file',
        keyFile,
      ],
      /takes a password/,
    ],
  ])('refuses %s with the exit code of misuse', async (_what, options, message) => {
    const run = await runDaybook(['eventstore', '--port', '0', ...options]);
    expect(run).toMatchObject({ exitCode: 2, output: '' });
    expect(run.notes).toMatch(message);
  });

  it('ends when its end of the pipe to standard input closes', async () => {
    const { child } = await start(['--mem-db']);
    child.stdin?.end();
    expect(await exitOf(child)).toBe(0);
  });

  it('ends with the process that started it, however that ended', async () => {
    const starter = spawn(
      process.execPath,
      [
        '-e',
        "require('node:child_process').spawn(process.execPath, process.argv.slice(1), " +
          "{ stdio: ['ignore', 'inherit', 'ignore'] }); setInterval(() => {}, 1000);",
        program,
        'eventstore',
        '--port',
        '0',
        '--mem-db',
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    undo.push(async () => starter.kill('SIGKILL'));
    const port = await listening(starter);
    expect(await accepts(port)).toBe(true);
    starter.kill('SIGKILL');
    while (await accepts(port)) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});
