import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { isStillRunning, ownIdentity, startFromProcessList } from './process-identity.js';

describe('a process', () => {
  test('is recognised by its id and its start', async () => {
    const own = await ownIdentity();
    expect(own.processId).toBe(process.pid);
    expect(await ownIdentity()).toEqual(own);
    expect(await isStillRunning(own)).toBe(true);
  });

  test('that was given the id of an ended one is not that one', async () => {
    const own = await ownIdentity();
    expect(own.processStart).not.toBeNull();
    expect(await isStillRunning({ ...own, processStart: `${own.processStart}0` })).toBe(false);
  });

  test('whose start is not told is recognised by its id alone', async () => {
    expect(await isStillRunning({ processId: process.pid, processStart: null })).toBe(true);
  });

  test('that has ended does not run', async () => {
    const child = spawn('sleep', ['600'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const identity = { processId: child.pid!, processStart: null };
    expect(await isStillRunning(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await isStillRunning(identity)).toBe(false);
  });

  test.runIf(process.platform === 'linux')(
    'that has ended unnoticed by its parent does not run',
    async () => {
      // The shell becomes a sleep that never asks after the child it inherited.
      const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      try {
        const [line] = await once(parent.stdout, 'data');
        const identity = { processId: Number(String(line)), processStart: null };
        expect(await isStillRunning(identity)).toBe(true);
        process.kill(identity.processId, 'SIGKILL');
        await expect.poll(() => isStillRunning(identity)).toBe(false);
        expect(() => process.kill(identity.processId, 0)).not.toThrow();
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );

  test('has a start in the process list too, for systems without /proc', async () => {
    const start = await startFromProcessList(process.pid);
    expect(start).toMatch(/^\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}$/);
    expect(await startFromProcessList(process.pid)).toBe(start);
  });
});
