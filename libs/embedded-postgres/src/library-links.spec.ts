import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureLibraryLinks } from './library-links.js';

describe('a package without the links between its libraries', () => {
  let folder: string;
  let native: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-links-'));
    native = join(folder, 'package', 'native');
    await mkdir(join(native, 'lib'), { recursive: true });
    const links = ['libicuuc.so', 'libicuuc.so.60'].map((name) => ({
      source: 'native/lib/libicuuc.so.60.2',
      target: `native/lib/${name}`,
    }));
    await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is completed by many processes at the same moment', async () => {
    const attempts = Array.from({ length: 16 }, () => ensureLibraryLinks(native, folder));
    expect(new Set(await Promise.all(attempts))).toEqual(new Set([undefined]));
    for (const name of ['libicuuc.so', 'libicuuc.so.60']) {
      expect(await readlink(join(native, 'lib', name))).toBe('libicuuc.so.60.2');
    }
  });

  test('whose list is no list of links is refused', async () => {
    await writeFile(join(native, 'pg-symlinks.json'), '[{"source": 1}]');
    await expect(ensureLibraryLinks(native, folder)).rejects.toMatchObject({
      code: 'binaries_unusable',
    });
  });

  test('and without a list is taken as whole, as on systems that need no links', async () => {
    await rm(join(native, 'pg-symlinks.json'));
    expect(await ensureLibraryLinks(native, folder)).toBeUndefined();
  });
});
