import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePath } from './make-path.js';

describe('making a folder and those above it', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-path-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('tells the uppermost that was missing, and nothing where none was', async () => {
    const path = join(folder, 'a', 'b', 'c');
    expect(await makePath(path, 0o700)).toBe(join(folder, 'a'));
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect(await makePath(path)).toBeUndefined();
  });

  it('fails where a file has the name, or is on the way', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(makePath(file)).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makePath(join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it('is made once where several ask for it at the same time', async () => {
    const paths = Array.from({ length: 16 }, (_, index) => join(folder, 'a', 'b', `${index % 4}`));
    const made = await Promise.all(paths.map((path) => makePath(path)));
    expect(made.filter((path) => path === join(folder, 'a'))).toHaveLength(1);
    await Promise.all(paths.map((path) => stat(path)));
  });

  it('ends where a folder that is there takes none', async () => {
    await expect(makePath('/proc/none/below')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
