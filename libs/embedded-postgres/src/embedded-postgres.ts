import type { EmbeddedPostgresError } from './failure.js';

export interface EmbeddedPostgresOptions {
  /**
   * A folder for PostgreSQL alone; made when absent. It receives `cluster/` (the data),
   * `password` (mode 0600) and `server.log`.
   */
  readonly directory: string;
  /**
   * Called once when the server ends without having been asked to and is not started again. One that
   * ended because its disk is full is: see `onOutage`.
   */
  readonly onFailure?: (failure: EmbeddedPostgresError) => void;
  /** Called with what is going on while the server waits for room on its disk, and when it is back. */
  readonly onOutage?: (message: string) => void;
}

export interface EmbeddedPostgres {
  /** `postgres://` URL of the superuser on 127.0.0.1; it holds the password, so never log it. */
  readonly connectionString: string;
  readonly port: number;
  /** The process id of the postmaster; another one after an outage. */
  readonly processId: number;
  /**
   * Fast shutdown: open transactions are rolled back, everything is written, the server ends.
   * After 30 seconds it is made to end at once (the next start then recovers). May be repeated.
   */
  stop(): Promise<void>;
}
