import { createSecureContext } from 'node:tls';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { LogBackup } from './log/backup.js';
import type { LogDirectory } from './log/log-file.js';
import type { LogNotice } from './log/log-notice.js';
import { NodeLogDirectory } from './log/node-log-directory.js';
import { passwordAuthentication, withoutAuthentication } from './node/authentication.js';
import { OpenCalls } from './node/open-calls.js';
import { overlapAnswers } from './node/overlapping-answers.js';
import { addServices } from './node/services.js';
import { EventLog, type LogUnavailableError, type StorageSizes } from './store/event-log.js';
import { ProtectedStreams, type RefusedAttempt } from './store/protected-streams.js';

/** Nobody but this machine reaches the node. */
const HOST = '127.0.0.1';

/** As much as the client itself receives; a single event of it is never split. */
const RECEIVED_MESSAGE_BYTES_MAX = 17 * 1_048_576;

/** How long clients may take to hang up before they are cut off. */
const SHUTDOWN_MILLISECONDS_MAX = 1_000;

/** A running event store. */
export interface RunningEventStore {
  readonly port: number;
  /** What EventStoreDB's client connects to; over TLS it lacks the user and the certificate. */
  readonly connectionString: string;
  /**
   * Copies everything acknowledged so far into an empty folder of this machine, created where it is
   * missing, while appends go on. Every byte is checked on the way. The folder opens as a store.
   *
   * @throws {@link DamagedLogError} where the store is not what was written
   */
  backup(toDirectory: string): Promise<LogBackup>;
  /** Answers what was accepted, ends open streams with UNAVAILABLE, closes the log and the port. */
  stop(): Promise<void>;
}

export interface EmbeddedEventStoreOptions {
  readonly directory: LogDirectory;
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  /** Milliseconds since the Unix epoch; the system's clock unless given. */
  readonly now?: () => number;
  /** Called once when the disk fails: from then on every append is refused with UNAVAILABLE. */
  readonly onFailure?: (error: Error) => void;
  /**
   * Told what whoever runs the store should know, though it goes on: what was cut off the log's end
   * when it was opened, that the disk is full, that an older format was carried over.
   */
  readonly onNotice?: (notice: LogNotice) => void;
  /** How the log lies on the disk; right as it is unless given. */
  readonly storage?: StorageSizes;
  /** Streams whose names begin so, and their metadata, refuse whatever would hide their events. */
  readonly protectedPrefix?: string;
  /** Called whenever a protected stream refused. */
  readonly onRefusedAttempt?: (attempt: RefusedAttempt) => void;
  /** Serves over TLS alone, and the user `admin` alone. */
  readonly secured?: SecuredBy;
}

/** How a node proves who it is, and who may use it. */
export interface SecuredBy {
  /** PEM; the certificate of the node first, then those that issued it. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
  /** The password of the user `admin`. */
  readonly adminPassword: string;
}

/**
 * One durable EventStoreDB node inside this process. It speaks the part of EventStoreDB's gRPC
 * protocol that appending, reading and subscribing need, on loopback, so that the unmodified client
 * works against it as against a cluster.
 *
 * Opening takes no lock: whoever owns the directory keeps a second node out.
 */
export class EmbeddedEventStore implements RunningEventStore {
  readonly port: number;
  readonly connectionString: string;
  readonly #server: Server;
  readonly #log: EventLog;
  readonly #openCalls: OpenCalls;
  #stopped: Promise<void> | undefined;

  private constructor(
    server: Server,
    port: number,
    parts: { log: EventLog; openCalls: OpenCalls; secured: SecuredBy | undefined },
  ) {
    this.#server = server;
    this.port = port;
    this.connectionString = `esdb://${HOST}:${port}?tls=${parts.secured !== undefined}`;
    this.#log = parts.log;
    this.#openCalls = parts.openCalls;
  }

  /**
   * Recovers the log and begins to listen.
   *
   * @throws {@link DamagedLogError} where acknowledged events cannot be read
   * @throws {@link LogFormatError} where the file is none of ours or of another version
   */
  static async open(options: EmbeddedEventStoreOptions): Promise<EmbeddedEventStore> {
    const now = options.now ?? Date.now;
    const onFailure = (error: LogUnavailableError): void => options.onFailure?.(error);
    const { directory, storage = {} } = options;
    const onNotice = (notice: LogNotice): void => options.onNotice?.(notice);
    const log = await EventLog.open({ directory, now, onFailure, onNotice, storage });
    const openCalls = new OpenCalls();
    const server = new Server({
      'grpc.max_receive_message_length': RECEIVED_MESSAGE_BYTES_MAX,
      interceptors: [overlapAnswers],
    });
    const protectedStreams = new ProtectedStreams(options.protectedPrefix, (attempt) =>
      options.onRefusedAttempt?.(attempt),
    );
    const { secured } = options;
    const authenticate =
      secured === undefined ? withoutAuthentication : passwordAuthentication(secured.adminPassword);
    addServices(server, { log, protectedStreams, authenticate, openCalls, now });
    try {
      const port = await listen(server, options.port ?? 0, secured);
      return new EmbeddedEventStore(server, port, { log, openCalls, secured });
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  backup(toDirectory: string): Promise<LogBackup> {
    return this.backupInto(new NodeLogDirectory(toDirectory));
  }

  /** The same into any empty folder. */
  backupInto(target: LogDirectory): Promise<LogBackup> {
    return this.#log.backup(target);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    await this.#log.drain();
    this.#openCalls.failAll(status.UNAVAILABLE, 'the event store is stopping');
    try {
      await this.#log.close();
    } finally {
      await shutDown(this.#server);
    }
  }
}

async function listen(
  server: Server,
  port: number,
  secured: SecuredBy | undefined,
): Promise<number> {
  const credentials = serverCredentials(secured);
  return new Promise((resolve, reject) => {
    server.bindAsync(`${HOST}:${port}`, credentials, (error, bound) => {
      if (error === null) resolve(bound);
      else reject(cannotListen(port, error));
    });
  });
}

function serverCredentials(secured: SecuredBy | undefined): ServerCredentials {
  if (secured === undefined) return ServerCredentials.createInsecure();
  const { certificate, privateKey } = secured;
  try {
    createSecureContext({ cert: certificate, key: privateKey });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`the certificate and the private key do not serve for TLS: ${reason}`, {
      cause,
    });
  }
  return ServerCredentials.createSsl(null, [
    { cert_chain: Buffer.from(certificate), private_key: Buffer.from(privateKey) },
  ]);
}

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, SHUTDOWN_MILLISECONDS_MAX);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}

function cannotListen(port: number, cause: Error): Error {
  return new Error(
    `the event store cannot listen on ${HOST}:${port} (${cause.message}): ` +
      'is another program using the port? Stop it or choose another port.',
    { cause },
  );
}
