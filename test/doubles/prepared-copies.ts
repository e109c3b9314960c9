import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';

const execute = promisify(execFile);

/** Where PostgreSQL lies in a data directory. */
export function postgresIn(dataDirectory: string): string {
  return join(dataDirectory, 'postgres');
}

/** Copies what is in a folder into another, with its owners and its modes. */
export async function copyOf(folder: string, target: string): Promise<void> {
  await execute('cp', ['-a', '--', `${folder}/.`, target]);
}

/** Makes an empty folder a data directory without a ledger, whose PostgreSQL is initialised. */
export async function putDataDirectory(target: string): Promise<void> {
  await copyOf(await askFor('data-directory'), target);
}

/** Puts an initialised PostgreSQL into a folder for `startEmbeddedPostgres`. */
export async function putPostgres(target: string): Promise<void> {
  await copyOf(postgresIn(await askFor('data-directory')), target);
}

/** The address of the server that all specifications of a run share, as its superuser. */
export function sharedServer(): Promise<string> {
  return askFor('server');
}

async function askFor(what: 'data-directory' | 'server'): Promise<string> {
  const answer = await fetch(`${inject('preparedStores')}/${what}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
