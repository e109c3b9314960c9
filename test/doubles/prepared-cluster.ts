import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';

const execute = promisify(execFile);

/** Copies the folder of a PostgreSQL that does not run, with its owners and its modes. */
export async function copyOf(cluster: string, directory: string): Promise<void> {
  await execute('cp', ['-a', '--', cluster, directory]);
}

/**
 * Puts an initialised PostgreSQL into a data directory that has none, where a Daybook or a
 * `startEmbeddedPostgres` finds it as if it had made it at an earlier start.
 */
export async function putPreparedCluster(dataDirectory: string): Promise<void> {
  await mkdir(dataDirectory, { recursive: true });
  await copyOf(await askFor('cluster'), join(dataDirectory, 'postgres'));
}

/** The address of the server that all specifications of a run share, as its superuser. */
export function sharedServer(): Promise<string> {
  return askFor('server');
}

async function askFor(what: 'cluster' | 'server'): Promise<string> {
  const answer = await fetch(`${inject('preparedStores')}/${what}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
