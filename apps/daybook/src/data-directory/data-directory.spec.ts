import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDataDirectory, type OpenedDataDirectory } from './index.js';

const isRoot = process.getuid?.() === 0;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-data-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function open(path: string): Promise<OpenedDataDirectory> {
  const outcome = await openDataDirectory(path);
  if (outcome.outcome === 'refused') throw new Error(outcome.message);
  return outcome;
}

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('a new data directory', () => {
  test('is made with its folders, which only their owner can read', async () => {
    const data = await open(join(folder, 'new', 'data'));
    expect((await readdir(data.path)).sort()).toEqual([
      'eventstore',
      'format-version',
      'keys',
      'lock',
      'postgres',
    ]);
    for (const inner of [data.eventStoreDirectory, data.postgresDirectory, data.keysDirectory]) {
      expect(await modeOf(inner)).toBe(0o700);
    }
    expect(await readFile(join(data.path, 'format-version'), 'utf8')).toBe('1\n');
  });

  test('can be entered by the user that runs PostgreSQL for root, but not be listed', async () => {
    const data = await open(join(folder, 'new', 'data'));
    expect(await modeOf(data.path)).toBe(isRoot ? 0o711 : 0o700);
    expect(await modeOf(join(folder, 'new'))).toBe(isRoot ? 0o711 : 0o700);
  });

  test('may be an empty folder that is there, such as the root of a disk', async () => {
    await mkdir(join(folder, 'lost+found'));
    expect((await openDataDirectory(folder)).outcome).toBe('opened');
  });

  test('left by a starter that was killed before it was marked is completed', async () => {
    await mkdir(join(folder, 'lock'));
    await writeFile(join(folder, 'lock', 'format-version-unfinished'), '');
    await open(folder);
    expect(await readFile(join(folder, 'format-version'), 'utf8')).toBe('1\n');
  });
});

describe('a data directory in use', () => {
  test('is refused to a second opener, and opened again after its release', async () => {
    const first = await open(folder);
    expect(await openDataDirectory(folder)).toMatchObject({
      outcome: 'refused',
      code: 'data_directory_locked',
      message: expect.stringContaining(`Process ${process.pid}`),
    });
    await first.release();
    await first.release();
    expect((await openDataDirectory(folder)).outcome).toBe('opened');
  });
});

describe('a folder that is no data directory of this release', () => {
  test('of another format is refused, and its lock is left free', async () => {
    await writeFile(join(folder, 'format-version'), '2\n');
    expect(await openDataDirectory(folder)).toMatchObject({
      outcome: 'refused',
      code: 'data_directory_format_unknown',
      message: expect.stringMatching(/format-version says "2".*format 1 only.*Start the release/),
    });
    expect(await readdir(folder)).toEqual(['format-version']);
  });

  test('with other things in it is refused and left untouched', async () => {
    await writeFile(join(folder, 'photographs'), '');
    expect(await openDataDirectory(folder)).toMatchObject({
      outcome: 'refused',
      code: 'data_directory_format_unknown',
      message: expect.stringContaining('photographs'),
    });
    expect(await readdir(folder)).toEqual(['photographs']);
  });
});

describe('a path that cannot be written', () => {
  test('because it is a file is refused with the path and the reason', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await openDataDirectory(join(folder, 'file', 'data'))).toMatchObject({
      outcome: 'refused',
      code: 'data_directory_unwritable',
      message: expect.stringMatching(/file\/data cannot be used: ENOTDIR/),
    });
  });

  test('because its folder belongs to another user is refused', async () => {
    await chmod(folder, 0o555);
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(await openDataDirectory(join(folder, 'data'))).toMatchObject({
        outcome: 'refused',
        code: 'data_directory_unwritable',
        message: expect.stringContaining('EACCES'),
      });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});
