import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/**
 * A temporary folder for one specification file, removed at its end. Mode 0711 lets other users
 * in, 0700 keeps them out.
 */
export function useTemporaryFolder(mode: 0o711 | 0o700 = 0o711): { path(name: string): string } {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-specification-'));
    await chmod(folder, mode);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return { path: (name) => join(folder, name) };
}
