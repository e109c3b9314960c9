import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { acquireLock, type LockOutcome } from './directory-lock.js';
import { isStillRunning, ownIdentity } from './process-identity.js';

vi.mock('./process-identity.js', { spy: true });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function leaveStaleLock(number: number): Promise<void> {
  const { processId } = await ownIdentity();
  const record = { state: 'held', since: '2026-01-01T00:00:00.000Z', processId };
  const text = JSON.stringify({ ...record, processStart: 'an earlier process of this id' });
  await writeFile(join(folder, String(number)), text);
}

const acquired = (outcomes: readonly LockOutcome[]) =>
  outcomes.filter((outcome) => outcome.outcome === 'acquired');

describe('a lock', () => {
  test('that is held is refused to another, naming the holder', async () => {
    const first = await acquireLock(folder);
    const second = await acquireLock(folder);
    expect(first.outcome).toBe('acquired');
    expect(second).toMatchObject({
      outcome: 'held',
      message: expect.stringContaining(`Process ${process.pid} has held the lock ${folder} since`),
    });
  });

  test('that was released can be taken again', async () => {
    const first = await acquireLock(folder);
    if (first.outcome === 'acquired') await first.release();
    expect((await acquireLock(folder)).outcome).toBe('acquired');
  });

  test('of an ended process, whose id another has by now, is taken over', async () => {
    await leaveStaleLock(41);
    expect((await acquireLock(folder)).outcome).toBe('acquired');
    expect(await readdir(folder)).toEqual(['42']);
  });

  test('that cannot be understood is refused, naming the file', async () => {
    await writeFile(join(folder, '3'), '{"state":"held"');
    expect(await acquireLock(folder)).toMatchObject({
      outcome: 'held',
      message: expect.stringContaining(join(folder, '3')),
    });
  });

  test('leaves nothing of the claims of ended processes', async () => {
    await leaveStaleLock(1);
    await writeFile(
      join(folder, 'claim-0011223344556677'),
      JSON.stringify({
        state: 'held',
        since: '2026-01-01T00:00:00.000Z',
        processId: process.pid,
        processStart: 'an earlier process of this id',
      }),
    );
    await acquireLock(folder);
    expect(await readdir(folder)).toEqual(['2']);
  });
});

describe('a starter that was slow to act on a stale lock', () => {
  test('gives way to one that has taken it, left it and taken it again', async () => {
    await leaveStaleLock(1);
    let later: LockOutcome | undefined;
    vi.mocked(isStillRunning).mockImplementationOnce(async () => {
      // All of this happens between the slow one's look at the lock and its step.
      const earlier = await acquireLock(folder);
      if (earlier.outcome === 'acquired') await earlier.release();
      later = await acquireLock(folder);
      return false;
    });

    const slow = await acquireLock(folder);

    expect(later?.outcome).toBe('acquired');
    expect(slow.outcome).toBe('held');
    expect(await readdir(folder)).toEqual(['3']);
  });
});

describe('racing starters', () => {
  const rounds = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 500 : 25;

  test('get a free lock one at a time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 16 }, () => acquireLock(folder)));
    expect(acquired(outcomes)).toHaveLength(1);
  });

  test('take over a stale lock one at a time, however often it changes hands', async () => {
    let holders = 0;
    for (let round = 1; round <= rounds; round += 1) {
      await rm(folder, { recursive: true });
      await mkdir(folder);
      await leaveStaleLock(2);
      const takeTurn = async (): Promise<LockOutcome> => {
        const outcome = await acquireLock(folder);
        if (outcome.outcome === 'held') return outcome;
        holders += 1;
        expect(holders).toBe(1);
        await readdir(folder);
        holders -= 1;
        await outcome.release();
        return outcome;
      };
      const outcomes = await Promise.all(Array.from({ length: 8 }, takeTurn));
      expect(acquired(outcomes).length).toBeGreaterThan(0);
    }
  });
});
