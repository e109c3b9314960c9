import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#embedded-postgres';

export interface DurablePostgres {
  readonly connectionString: string;
  /** Stops the server and removes its folder. */
  stop(): Promise<void>;
}

/**
 * A real, empty PostgreSQL with the durable settings of the product, in a temporary folder of its
 * own: what is measured is measured on it. It ends with this process even when `stop` is never
 * reached.
 */
export async function startDurablePostgres(): Promise<DurablePostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-postgres-'));
  // Root runs PostgreSQL as another user, who must be able to enter the folder.
  await chmod(folder, 0o711);
  const server = await startEmbeddedPostgres({ directory: join(folder, 'postgres') });
  return {
    connectionString: server.connectionString,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
