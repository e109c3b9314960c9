import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findFreePort } from './free-port.js';
import { findByCommandLine } from './server-processes.js';
import { startEmbeddedPostgres } from './start.js';

vi.mock('./free-port.js', { spy: true });

let folder: string;
let holder: Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-port-'));
  await chmod(folder, 0o711);
  holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
});
afterAll(async () => {
  holder.close();
  await rm(folder, { recursive: true, force: true });
});

test('a port that is taken between choice and start is replaced by another', async () => {
  const address = holder.address();
  if (address === null || typeof address === 'string') throw new Error('A port was expected.');
  vi.mocked(findFreePort).mockResolvedValueOnce(address.port);

  const server = await startEmbeddedPostgres({ directory: join(folder, 'postgres') });
  try {
    expect(findFreePort).toHaveBeenCalledTimes(2);
    expect(server.port).not.toBe(address.port);
    const cluster = join(folder, 'postgres', 'cluster');
    // Systems without /proc find a stray server by its command line.
    expect(await findByCommandLine(cluster)).toContain(server.processId);
    expect(await findByCommandLine(join(folder, 'postgres', 'clus'))).toEqual([]);
  } finally {
    await server.stop();
  }
});
