import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#embedded-postgres';
import { copyOf } from './prepared-cluster.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers what is prepared once for a run, and prepares it when it is first asked for. */
    readonly preparedStores: string;
  }
}

/**
 * Once for each run of the specifications, and only for those that ask:
 * - `/cluster`: the folder of an initialised PostgreSQL for copies, because making one takes longer
 *   than everything else in the start of a Daybook;
 * - `/server`: a PostgreSQL in which each specification file has a database of its own.
 */
export default async function prepareStores(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-prepared-'));
  // Root runs PostgreSQL as another user, who must be able to enter the folder.
  await chmod(folder, 0o711);
  let cluster: Promise<string> | undefined;
  let server: Promise<EmbeddedPostgres> | undefined;
  const prepared = {
    cluster: () => (cluster ??= makeCluster(join(folder, 'cluster'))),
    server: async () => {
      server ??= startOnCopyOf(prepared.cluster(), join(folder, 'server'));
      return (await server).connectionString;
    },
  };
  const listener = createServer((request, response) => {
    const asked = request.url === '/server' ? prepared.server() : prepared.cluster();
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
    await cluster?.catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  };
}

async function makeCluster(directory: string): Promise<string> {
  const server = await startEmbeddedPostgres({ directory });
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  // The kernel keeps what a killed process wrote; only a power cut, which nobody plays, would not.
  await client.query('ALTER SYSTEM SET fsync = off');
  await client.query('ALTER SYSTEM SET full_page_writes = off');
  await client.end();
  await server.stop();
  return directory;
}

async function startOnCopyOf(
  cluster: Promise<string>,
  directory: string,
): Promise<EmbeddedPostgres> {
  await copyOf(await cluster, directory);
  return startEmbeddedPostgres({ directory });
}
