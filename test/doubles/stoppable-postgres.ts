import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#embedded-postgres';
import { putPostgres } from './prepared-copies.js';

const host = '127.0.0.1';

/**
 * A real PostgreSQL that can be stopped and started again under one address, as an operator's server:
 * the embedded one takes any free port, so a listener of this process stands before it and goes when
 * it goes.
 */
export class StoppablePostgres {
  readonly #folder: string;
  readonly #sockets = new Set<Socket>();
  #server: EmbeddedPostgres;
  #listener: Server | undefined;
  #port = 0;

  private constructor(folder: string, server: EmbeddedPostgres) {
    this.#folder = folder;
    this.#server = server;
  }

  static async start(): Promise<StoppablePostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'daybook-stoppable-postgres-'));
    // Root runs PostgreSQL as another user, who must be able to enter the folder.
    await chmod(folder, 0o711);
    await putPostgres(join(folder, 'postgres'));
    const postgres = new StoppablePostgres(folder, await startIn(folder));
    await postgres.#listen();
    return postgres;
  }

  /** The same before and after an outage. */
  get connectionString(): string {
    const url = new URL(this.#server.connectionString);
    url.port = String(this.#port);
    return url.href;
  }

  /** Fast shutdown: open transactions are rolled back, and connections are refused from then on. */
  async halt(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    const closed = new Promise<void>((resolve) => listener?.close(() => resolve()));
    await this.#server.stop();
    for (const socket of this.#sockets) socket.destroy();
    if (listener) await closed;
  }

  /** Starts the server on what it wrote before. */
  async resume(): Promise<void> {
    this.#server = await startIn(this.#folder);
    await this.#listen();
  }

  /** Stops the server for good and removes its folder. */
  async stop(): Promise<void> {
    await this.halt();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #listen(): Promise<void> {
    const { port } = this.#server;
    const listener = createServer((near) => this.#join(near, connect(port, host)));
    await new Promise<void>((resolve) => listener.listen(this.#port, host, resolve));
    this.#listener = listener;
    this.#port = (listener.address() as AddressInfo).port;
  }

  #join(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.pipe(to);
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }
}

function startIn(folder: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ directory: join(folder, 'postgres') });
}
