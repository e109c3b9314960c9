import { statfs } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { databaseUser, type Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './failure.js';
import { launchServer, type LaunchedServer, type StartContext } from './launch-server.js';
import { stopServer } from './server-shutdown.js';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.js';

/** PostgreSQL writes its log in segments of 16 MiB, and needs room for one to come back and more to go on. */
const neededBytes = 48 * 1024 * 1024;
const roomPollMilliseconds = 500;

type Reports = Pick<EmbeddedPostgresOptions, 'onFailure' | 'onOutage'>;

/**
 * Starts a server and watches it. PostgreSQL ends where its disk has no room for its write-ahead log;
 * it is then started again, on the same port, as soon as there is room. Any other end is reported.
 */
export async function startSupervisedServer(
  context: StartContext,
  cluster: Cluster,
  reports: Reports,
): Promise<EmbeddedPostgres> {
  const first = await launchServer(context, cluster);
  const supervision = new Supervision(context, cluster, reports, first);
  const { port } = first;
  return {
    connectionString: `postgres://${databaseUser}:${cluster.password}@127.0.0.1:${port}/${databaseUser}`,
    port,
    get processId() {
      return supervision.processId;
    },
    stop: () => supervision.stop(),
  };
}

class Supervision {
  readonly #context: StartContext;
  readonly #cluster: Cluster;
  readonly #reports: Reports;
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  #server: LaunchedServer;
  #stopped: Promise<void> | undefined;

  constructor(context: StartContext, cluster: Cluster, reports: Reports, first: LaunchedServer) {
    this.#context = context;
    this.#cluster = cluster;
    this.#reports = reports;
    this.#server = first;
    this.#ended = this.#watch();
  }

  get processId(): number {
    return this.#server.process.processId;
  }

  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    await stopServer(this.#server.process);
    await this.#ended;
  }

  async #watch(): Promise<void> {
    try {
      await this.#supervise();
    } finally {
      await this.#context.log.close();
    }
  }

  async #supervise(): Promise<void> {
    for (;;) {
      const { status, signal } = await this.#server.process.exited;
      if (this.#stopping.signal.aborted) return;
      const failure = new EmbeddedPostgresError(
        'server_ended',
        `PostgreSQL ended (${signal ?? `status ${status}`}) without being asked to. ` +
          `${this.#context.log.path} ends with:\n${await this.#context.log.tail()}`,
      );
      const end = await this.#comeBack(failure);
      if (end === 'back') continue;
      if (end !== 'stopping') this.#reports.onFailure?.(end);
      return;
    }
  }

  /** Waits for room and starts again; answers why it is not to come back where it is not. */
  async #comeBack(
    failure: EmbeddedPostgresError,
  ): Promise<'back' | 'stopping' | EmbeddedPostgresError> {
    let cause = failure;
    while (await this.#isDiskFull(cause)) {
      this.#reports.onOutage?.(
        `The disk of ${this.#cluster.directory} is full, and PostgreSQL has ended. It starts again ` +
          `once ${neededBytes / 1024 / 1024} MiB are free.`,
      );
      if (!(await this.#room())) return 'stopping';
      // Else the words about this full disk would also be the last ones of the server to come.
      await this.#context.log.begin();
      try {
        this.#server = await launchServer(this.#context, this.#cluster, this.#server.port);
      } catch (error) {
        if (!(error instanceof EmbeddedPostgresError)) throw error;
        cause = error;
        continue;
      }
      // Asked to stop while it started, when there was no server yet to be told.
      if (this.#stopping.signal.aborted) await stopServer(this.#server.process);
      this.#reports.onOutage?.('PostgreSQL is back.');
      return 'back';
    }
    return cause;
  }

  /** The log may lie on the full disk, so that the last words of the server are not in it. */
  async #isDiskFull({ message }: EmbeddedPostgresError): Promise<boolean> {
    if (this.#stopping.signal.aborted) return false;
    return /No space left on device|Disk quota exceeded/.test(message) || (await this.#isShort());
  }

  async #isShort(): Promise<boolean> {
    const { bavail, bsize } = await statfs(this.#cluster.directory);
    return bavail * bsize < neededBytes;
  }

  /** Resolves with true once there is room, and with false once the server is to stop. */
  async #room(): Promise<boolean> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await delay(roomPollMilliseconds, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted && !(await this.#isShort())) return true;
    }
    return false;
  }
}
