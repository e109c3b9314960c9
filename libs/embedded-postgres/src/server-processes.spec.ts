import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stopStrayServer } from './server-processes.js';

describe('a postmaster.pid left behind', () => {
  let cluster: string;
  let other: ChildProcess;
  beforeEach(async () => {
    cluster = await mkdtemp(join(tmpdir(), 'daybook-stray-'));
    // In the cluster's own folder, like an administrator's shell, but no PostgreSQL.
    other = spawn('sleep', ['600'], { cwd: cluster, stdio: 'ignore' });
    await once(other, 'spawn');
  });
  afterEach(async () => {
    other.kill('SIGKILL');
    await rm(cluster, { recursive: true, force: true });
  });

  test('that names another program by now is removed, and the program is spared', async () => {
    await writeFile(join(cluster, 'postmaster.pid'), `${other.pid}\n${cluster}\n`);
    await stopStrayServer(cluster);
    expect(existsSync(join(cluster, 'postmaster.pid'))).toBe(false);
    expect(other.exitCode ?? other.signalCode).toBeNull();
  });

  test('that names no process is left to PostgreSQL, which recovers from it', async () => {
    other.kill('SIGKILL');
    await once(other, 'exit');
    await writeFile(join(cluster, 'postmaster.pid'), `${other.pid}\n${cluster}\n`);
    await stopStrayServer(cluster);
    expect(existsSync(join(cluster, 'postmaster.pid'))).toBe(true);
  });
});
