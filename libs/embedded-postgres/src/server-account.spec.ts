import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolveBinaries } from './binaries.js';
import { chooseServerAccount } from './server-account.js';

describe.runIf(process.getuid?.() === 0)('root, below a folder that only root can enter', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-account-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('without user namespaces is told what was tried and the ways out', async () => {
    // With no programs on the path there is no unshare, as where namespaces are forbidden.
    const choice = chooseServerAccount(await resolveBinaries(), join(folder, 'postgres'), {
      PATH: '/nonexistent',
    });
    await expect(choice).rejects.toMatchObject({
      code: 'no_account_to_run_as',
      message: expect.stringMatching(/other-user \d+.*user-namespace \d+.*Set DATABASE_URL/s),
    });
  });
});

describe('a machine for which no binaries are shipped', () => {
  test.each([
    ['win32', 'x64'],
    ['linux', 's390x'],
  ])('%s-%s is told to set DATABASE_URL', async (platform, architecture) => {
    await expect(resolveBinaries(platform, architecture)).rejects.toMatchObject({
      code: 'platform_unsupported',
      message: expect.stringContaining('DATABASE_URL'),
    });
  });
});
