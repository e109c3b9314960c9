import { timingSafeEqual } from 'node:crypto';

/** What the event store's backup holds. */
export interface EventStoreBackup {
  readonly events: number;
  readonly bytes: number;
  /** Where its last event lies; undefined where it holds none. */
  readonly lastPosition: number | undefined;
}

/** The part of the embedded event store that backs itself up while it goes on. */
export interface BackedUpEventStore {
  /** Writes a consistent prefix of the store into a folder, which must be absent. */
  backup(toDirectory: string): Promise<EventStoreBackup>;
}

/**
 * Backups of the event store that this process owns, for whoever can read the data directory: only
 * there stands the token. The API knows no users, and not everybody on this machine is to make it
 * write files.
 */
export class EventStoreBackups {
  readonly #controlToken: Buffer;

  constructor(
    controlToken: string,
    /** Absent where the event store is another process's. */
    readonly eventStore: BackedUpEventStore | undefined,
  ) {
    this.#controlToken = Buffer.from(controlToken);
  }

  isAllowed(token: string | undefined): boolean {
    const given = Buffer.from(token ?? '');
    return given.length === this.#controlToken.length && timingSafeEqual(given, this.#controlToken);
  }
}
