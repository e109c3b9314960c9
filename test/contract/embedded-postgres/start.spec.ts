import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#embedded-postgres';
import { isRunning, query, userOf } from './queries.js';
import { useTemporaryFolder } from './temporary-folder.js';

const isRoot = process.getuid?.() === 0;

describe('a PostgreSQL of its own', () => {
  const folder = useTemporaryFolder();
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    server = await startEmbeddedPostgres({ directory: folder.path('postgres') });
  });
  afterAll(() => server.stop());

  test('keeps what it has acknowledged, and listens on this machine alone', async () => {
    const rows = await query(
      server.connectionString,
      `select name, setting from pg_settings where name in ('fsync', 'full_page_writes',
       'synchronous_commit', 'jit', 'TimeZone', 'server_encoding', 'listen_addresses',
       'unix_socket_directories', 'max_connections', 'port')`,
    );
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      jit: 'off',
      TimeZone: 'UTC',
      server_encoding: 'UTF8',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '50',
      port: String(server.port),
    });
  });

  test('sorts text by its bytes', async () => {
    const words = ['b', 'B', 'a', 'é', 'Z', '1-a', '10'];
    const list = words.map((word) => `('${word}')`).join(', ');
    const rows = await query(
      server.connectionString,
      `select word from (values ${list}) as words (word) order by word`,
    );
    const byBytes = words.sort((left, right) =>
      Buffer.compare(Buffer.from(left), Buffer.from(right)),
    );
    expect(rows.map(({ word }) => word)).toEqual(byBytes);
  });

  test('asks for the password, which only its owner can read', async () => {
    const guess = server.connectionString.replace(/:[0-9a-f]{64}@/, ':guess@');
    await expect(query(guess, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    const file = await stat(folder.path('postgres/password'));
    expect(file.mode & 0o777).toBe(0o600);
  });

  test.runIf(process.platform === 'linux')('does not run as root', async () => {
    expect(await userOf(server.processId)).not.toBe(0);
  });

  test('writes no statement and no row value into its log', async () => {
    await query(server.connectionString, 'create table customers (email text primary key)');
    const statement = `insert into customers values ('someone@example.org'), ('someone@example.org')`;
    await expect(query(server.connectionString, statement)).rejects.toMatchObject({
      code: '23505',
    });
    const log = await readFile(folder.path('postgres/server.log'), 'utf8');
    expect(log).toContain('duplicate key value violates unique constraint');
    expect(log).not.toContain('someone@example.org');
  });

  test('leaves nothing running when stopped, and has its data and password when started again', async () => {
    const first = server;
    await query(first.connectionString, 'create table kept as select 42 as answer');
    await first.stop();
    await first.stop();
    expect(isRunning(first.processId)).toBe(false);

    server = await startEmbeddedPostgres({ directory: folder.path('postgres') });
    expect(await query(server.connectionString, 'select answer from kept')).toEqual([
      { answer: 42 },
    ]);
    const password = (url: string) => new URL(url).password;
    expect(password(server.connectionString)).toBe(password(first.connectionString));
  });
});

describe.runIf(isRoot && process.platform === 'linux')('a data directory of root', () => {
  const folder = useTemporaryFolder(0o700);

  test('below a folder nobody else can enter works, and goes on after it is opened up', async () => {
    const hidden = await startEmbeddedPostgres({ directory: folder.path('postgres') });
    await query(hidden.connectionString, 'create table kept as select 42 as answer');
    const hiddenUser = await userOf(hidden.processId);
    await hidden.stop();
    await chmod(folder.path('.'), 0o711);
    const open = await startEmbeddedPostgres({ directory: folder.path('postgres') });
    try {
      // Seen from outside its user namespace, the first ran as root; the second runs as another.
      expect(hiddenUser).toBe(0);
      expect(await userOf(open.processId)).not.toBe(0);
      expect(await query(open.connectionString, 'select answer from kept')).toEqual([
        { answer: 42 },
      ]);
    } finally {
      await open.stop();
    }
  });
});

describe('a folder that is no usable cluster', () => {
  const folder = useTemporaryFolder();

  test('of another PostgreSQL version is refused with both versions and the way out', async () => {
    await mkdir(folder.path('old/cluster'), { recursive: true });
    await writeFile(folder.path('old/cluster/PG_VERSION'), '16\n');
    await expect(startEmbeddedPostgres({ directory: folder.path('old') })).rejects.toMatchObject({
      code: 'version_mismatch',
      message: expect.stringMatching(/PostgreSQL 16, .*18\.\d+.*export.*DATABASE_URL/),
    });
  });

  test('without PG_VERSION is refused and left as it was', async () => {
    const other = folder.path('other/cluster');
    await mkdir(other, { recursive: true });
    await writeFile(join(other, 'notes.txt'), 'mine');
    await expect(startEmbeddedPostgres({ directory: folder.path('other') })).rejects.toMatchObject({
      code: 'cluster_unusable',
      message: expect.stringContaining('PG_VERSION'),
    });
    expect(await readFile(join(other, 'notes.txt'), 'utf8')).toBe('mine');
  });

  test('whose password is lost is refused', async () => {
    await mkdir(folder.path('locked/cluster'), { recursive: true });
    await writeFile(folder.path('locked/cluster/PG_VERSION'), '18\n');
    await expect(startEmbeddedPostgres({ directory: folder.path('locked') })).rejects.toMatchObject(
      {
        code: 'cluster_unusable',
        message: expect.stringContaining('password'),
      },
    );
  });
});
