import pg from 'pg';
import type { EventStore } from '#event-store';
import { migrateKept } from '#migrations';
import { KeyEncryptionKey, PersonalDataVault, PostgresDataKeyStore } from '#personal-data';
import { openRecorder, type Recorder, type RecorderLimits } from '#recording';
import { startTemporaryPostgres } from '../../doubles/temporary-postgres.js';
import { openPool } from '../../doubles/open-pool.js';

export const ledgerPrefix = 'daybook.';

interface Database {
  readonly connectionString: string;
  stop(): Promise<void>;
}

/** A real database with the kept schema, and recorders on it. */
export class RecordingBench {
  readonly pool: pg.Pool;
  readonly vault: PersonalDataVault;
  readonly #postgres: Database;

  private constructor(postgres: Database) {
    this.#postgres = postgres;
    this.pool = openPool({ connectionString: postgres.connectionString, max: 8 });
    // An idle connection that the server closes is replaced by the next question.
    this.pool.on('error', () => undefined);
    this.vault = this.vaultOfOtherProcess();
  }

  /** On a database of the server that all share, or on one that can go away. */
  static async start(
    startDatabase: () => Promise<Database> = startTemporaryPostgres,
  ): Promise<RecordingBench> {
    const postgres = await startDatabase();
    await migrateKept(postgres.connectionString);
    return new RecordingBench(postgres);
  }

  /** A vault with the same key file and nothing remembered. */
  vaultOfOtherProcess(): PersonalDataVault {
    const key = new KeyEncryptionKey(Buffer.alloc(32, 7));
    return new PersonalDataVault(key, new PostgresDataKeyStore(this.pool));
  }

  /** The write path of one process; several on one store compete as several processes do. */
  recorder(
    store: EventStore,
    more: {
      readonly limits?: Partial<RecorderLimits>;
      readonly prefix?: string;
      readonly pool?: pg.Pool;
    } = {},
  ): Recorder {
    const { limits = {}, prefix = ledgerPrefix, pool = this.pool } = more;
    return openRecorder({
      store,
      pool,
      prefix,
      personalData: this.vault,
      clock: () => new Date().toISOString(),
      limits: { unknownPauseMilliseconds: 1, ...limits },
    });
  }

  /** The database goes away under the processes that use it. */
  async stopDatabase(): Promise<void> {
    await this.#postgres.stop();
  }

  async stop(): Promise<void> {
    await this.pool.end();
    await this.#postgres.stop();
  }
}

/** Every event of a stream, oldest first. */
export async function eventsOf(
  store: EventStore,
  leaf: string,
  prefix = ledgerPrefix,
): Promise<readonly { eventId: string; type: string; data: unknown; metadata: unknown }[]> {
  const read = await store.readStream({
    stream: `${prefix}${leaf}`,
    fromRevision: 'start',
    direction: 'forwards',
    eventsMax: 100_000,
  });
  return read.outcome === 'read' ? read.events : [];
}
