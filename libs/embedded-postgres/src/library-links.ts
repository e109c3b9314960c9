import { lstat, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { basename, delimiter, dirname, join, relative, resolve } from 'node:path';
import { EmbeddedPostgresError, systemErrorCode } from './failure.js';

interface LibraryLink {
  /** The library file, absolute. */
  readonly file: string;
  /** The name under which other libraries load it, absolute. */
  readonly link: string;
}

/**
 * npm cannot pack symbolic links, so the package makes them in an install script, which
 * `--ignore-scripts` and newer npm versions skip; without them PostgreSQL does not find ICU.
 * Missing links are made here. Where the package may not be written, they are made in
 * `fallbackDirectory` instead.
 *
 * @returns what LD_LIBRARY_PATH must be, or undefined where the package is whole
 */
export async function ensureLibraryLinks(
  nativeDirectory: string,
  fallbackDirectory: string,
): Promise<string | undefined> {
  const missing: LibraryLink[] = [];
  for (const link of await readLinks(nativeDirectory)) {
    if (!(await exists(link.link))) missing.push(link);
  }
  try {
    for (const { file, link } of missing) await makeLink(relative(dirname(link), file), link);
    return undefined;
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(systemErrorCode(error) ?? '')) throw error;
  }
  // Made anew, because the links of an earlier start may point to where the package then was.
  await rm(fallbackDirectory, { recursive: true, force: true });
  await mkdir(fallbackDirectory, { recursive: true, mode: 0o755 });
  for (const { file, link } of missing) {
    await makeLink(file, join(fallbackDirectory, basename(link)));
  }
  // A library reached through the new links looks for its own needs on this path alone.
  return [join(nativeDirectory, 'lib'), fallbackDirectory].join(delimiter);
}

async function readLinks(nativeDirectory: string): Promise<readonly LibraryLink[]> {
  const list = join(nativeDirectory, 'pg-symlinks.json');
  let text: string;
  try {
    text = await readFile(list, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
  const entries: unknown = JSON.parse(text);
  if (!Array.isArray(entries) || !entries.every(isLinkEntry)) {
    throw new EmbeddedPostgresError(
      'binaries_unusable',
      `${list} is not a list of links. Reinstall with npm ci, or set DATABASE_URL.`,
    );
  }
  // The list's paths start at the package, which holds the native folder.
  const packageDirectory = dirname(nativeDirectory);
  return entries.map(({ source, target }) => ({
    file: resolve(packageDirectory, source),
    link: resolve(packageDirectory, target),
  }));
}

function isLinkEntry(entry: unknown): entry is { source: string; target: string } {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    'source' in entry &&
    'target' in entry &&
    typeof entry.source === 'string' &&
    typeof entry.target === 'string'
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Another process may make the same link at the same moment: then it is there, which is enough. */
async function makeLink(target: string, path: string): Promise<void> {
  try {
    await symlink(target, path);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  }
}
