import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How the files on disk differ from what they should be; paths from the root, sorted. */
export interface Differences {
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  /** Files in a generated folder that nothing generates any more. */
  readonly stale: readonly string[];
}

/** Compares generated files with those under `root`. */
export function differencesOf(
  root: string,
  files: ReadonlyMap<string, string>,
  folders: readonly string[],
): Differences {
  const missing = [...files.keys()].filter((path) => !existsSync(join(root, path)));
  const changed = [...files].filter(
    ([path, text]) => !missing.includes(path) && readFileSync(join(root, path), 'utf8') !== text,
  );
  const present = folders.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)
      : [],
  );
  return {
    changed: changed.map(([path]) => path).sort(),
    missing: missing.sort(),
    stale: present.filter((path) => !files.has(path)).sort(),
  };
}

/** Brings the files under `root` to what they should be. */
export function writeGenerated(
  root: string,
  files: ReadonlyMap<string, string>,
  { changed, missing, stale }: Differences,
): void {
  for (const path of [...changed, ...missing]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path) ?? '');
  }
  for (const path of stale) rmSync(join(root, path));
}
