import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#embedded-postgres';
import { openDataDirectory } from '../../apps/daybook/src/data-directory/index.js';
import { copyOf, postgresIn } from './prepared-copies.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers what is prepared once for a run, and prepares it when it is first asked for. */
    readonly preparedStores: string;
  }
}

/**
 * Once for each run of the specifications, and only for those that ask:
 * - `/data-directory`: a data directory for copies, without a ledger and with an initialised
 *   PostgreSQL, because making one takes longer than much else in the start of a Daybook;
 * - `/server`: a PostgreSQL in which each specification file has a database of its own.
 */
export default async function prepareStores(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-prepared-'));
  // Root runs PostgreSQL as another user, who must be able to enter the folder.
  await chmod(folder, 0o711);
  let dataDirectory: Promise<string> | undefined;
  let server: Promise<EmbeddedPostgres> | undefined;
  const prepared = {
    dataDirectory: () => (dataDirectory ??= makeDataDirectory(join(folder, 'data'))),
    server: async () => {
      server ??= startOnCopyOf(prepared.dataDirectory(), join(folder, 'server'));
      return (await server).connectionString;
    },
  };
  const listener = createServer((request, response) => {
    const asked = request.url === '/server' ? prepared.server() : prepared.dataDirectory();
    asked.then(
      (answer) => response.end(answer),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  listener.unref();
  const { port } = listener.address() as AddressInfo;
  project.provide('preparedStores', `http://127.0.0.1:${port}`);
  return async () => {
    listener.closeAllConnections();
    listener.close();
    await (await server?.catch(() => undefined))?.stop();
    await dataDirectory?.catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  };
}

async function makeDataDirectory(path: string): Promise<string> {
  const opened = await openDataDirectory(path);
  if (opened.outcome === 'refused') throw new Error(opened.message);
  const server = await startEmbeddedPostgres({ directory: opened.postgresDirectory });
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  // The kernel keeps what a killed process wrote; only a power cut, which nobody plays, would not.
  await client.query('ALTER SYSTEM SET fsync = off');
  await client.query('ALTER SYSTEM SET full_page_writes = off');
  await client.end();
  await server.stop();
  await opened.release();
  return path;
}

async function startOnCopyOf(
  dataDirectory: Promise<string>,
  directory: string,
): Promise<EmbeddedPostgres> {
  await copyOf(postgresIn(await dataDirectory), directory);
  return startEmbeddedPostgres({ directory });
}
