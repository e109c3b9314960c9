import { setTimeout as delay } from 'node:timers/promises';
import type { WatchedProcess } from './watched-process.js';

const fastShutdownMilliseconds = 30_000;
const immediateShutdownMilliseconds = 5_000;

/**
 * Stops a server in PostgreSQL's own order: a fast shutdown for 30 seconds, an immediate one for
 * 5, then SIGKILL. The watcher reaps the server as it exits, so until then the process id is its.
 */
export async function stopServer(server: WatchedProcess): Promise<void> {
  const steps = [
    ['SIGINT', fastShutdownMilliseconds],
    ['SIGQUIT', immediateShutdownMilliseconds],
    ['SIGKILL', immediateShutdownMilliseconds],
  ] as const;
  for (const [signal, milliseconds] of steps) {
    if (server.hasExited()) return;
    server.signal(signal);
    const timeout = new AbortController();
    await Promise.race([
      server.exited,
      delay(milliseconds, undefined, { signal: timeout.signal }).catch(() => undefined),
    ]);
    timeout.abort();
  }
}
