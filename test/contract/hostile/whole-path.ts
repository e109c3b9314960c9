import { storedMetadataOf } from '#events';
import type { EventStore, EventStoreReader } from '#event-store';
import { migrateKept } from '#migrations';
import { KeyEncryptionKey, PersonalDataVault, PostgresDataKeyStore } from '#personal-data';
import {
  createTables,
  dropTables,
  equalTablesDump,
  type GroupProgress,
  type RunEnd,
  runProjectionGroup,
  verify,
} from '#projection-engine';
import { daybookGroup } from '#projections';
import { openRecorder, type Recorder } from '#recording';
import pg from 'pg';
import { ledgerReading } from '../../../apps/daybook/src/composition/ledger-reading.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';
import { plainReference } from '../../fixtures/full-fold.js';
import { ledgerOpened } from '../../fixtures/projected-tables.js';
import { openPool } from '../../doubles/open-pool.js';

const { streamPrefix } = ledgerReading;
const definition = daybookGroup(plainReference);
const now = '2026-04-01T00:00:00.000Z';

/** What a run left behind in PostgreSQL, and how the projector ended. */
export interface ProjectedLedger {
  /** Every table without its arrival columns. */
  readonly tables: string;
  readonly verified: string;
  /** Events the projector was given a second time. */
  readonly repeated: number;
  readonly end: RunEnd['outcome'];
}

/** One PostgreSQL for a file of specifications, emptied before each run. */
export class PathDatabase {
  readonly #postgres: TemporaryPostgres;
  readonly #pool: pg.Pool;
  #path: WholePath | undefined;

  private constructor(postgres: TemporaryPostgres) {
    this.#postgres = postgres;
    this.#pool = openPool({ connectionString: postgres.connectionString, max: 8 });
    // An idle connection that the server closes is replaced by the next question.
    this.#pool.on('error', () => undefined);
  }

  static async start(): Promise<PathDatabase> {
    return new PathDatabase(await startTemporaryPostgres());
  }

  /** Opens an equal ledger in a store without events, on a database without tables. */
  async open(stores: PathStores, batchEventsMax: number): Promise<WholePath> {
    await this.#path?.end();
    await this.#pool.query('DROP SCHEMA IF EXISTS kept CASCADE');
    await migrateKept(this.#postgres.connectionString);
    await dropTables(this.#pool, definition);
    await createTables(this.#pool, definition);
    this.#path = new WholePath(this.#pool, stores, batchEventsMax);
    await this.#path.openLedger();
    return this.#path;
  }

  async stop(): Promise<void> {
    // A run that failed half-way still holds a connection.
    await this.#path?.end();
    await this.#pool.end();
    await this.#postgres.stop();
  }
}

export interface PathStores {
  readonly store: EventStore;
  /** The projector's own connection. */
  readonly reader: EventStoreReader;
}

/** All that lies between a delivery and the tables: the recorder, a store, and a live projector. */
export class WholePath {
  readonly recorder: Recorder;
  readonly #pool: pg.Pool;
  readonly #stores: PathStores;
  readonly #batchEventsMax: number;
  readonly #ending = new AbortController();
  readonly #listeners = new Set<() => void>();
  #progress: GroupProgress | undefined;
  #end: Promise<RunEnd> | undefined;

  constructor(pool: pg.Pool, stores: PathStores, batchEventsMax: number) {
    this.#pool = pool;
    this.#stores = stores;
    this.#batchEventsMax = batchEventsMax;
    const key = new KeyEncryptionKey(Buffer.alloc(32, 7));
    this.recorder = openRecorder({
      store: stores.store,
      pool,
      prefix: streamPrefix,
      personalData: new PersonalDataVault(key, new PostgresDataKeyStore(pool)),
      clock: () => now,
    });
  }

  /** Writes the same first event whatever the run, so that tables of runs can be compared whole. */
  async openLedger(): Promise<void> {
    const { leaf, eventId, type, data } = ledgerOpened;
    const stamp = { recordedAt: now, recordedBy: 'specification', deliveryDigest: '' };
    const metadata = storedMetadataOf(ledgerOpened, { ...stamp, translatorVersion: 'decision 1' });
    await this.#stores.store.append({
      stream: `${streamPrefix}${leaf}`,
      expectedRevision: 'no_stream',
      events: [{ eventId, type, data, metadata }],
    });
    const opened = await this.recorder.openLedger();
    if (opened.outcome !== 'opened') throw new Error(opened.message);
    this.#end = runProjectionGroup({
      ...ledgerReading,
      store: this.#stores.reader,
      pool: this.#pool,
      definition,
      generation: 1,
      batchEventsMax: this.#batchEventsMax,
      signal: this.#ending.signal,
      report: (progress) => {
        this.#progress = progress;
        for (const listener of this.#listeners) listener();
      },
    });
    // From here on the projector follows what is recorded, as it comes.
    await this.#until(({ sequence }) => sequence === 1);
  }

  /** The ids of all events of the store, in its order, with the place of each in its stream. */
  async written(): Promise<readonly { eventId: string; place: string }[]> {
    const events: { eventId: string; place: string }[] = [];
    for await (const event of this.#stores.reader.readAll({ streamPrefix, after: 'start' })) {
      const { eventId, stream, revision } = event;
      events.push({ eventId, place: `${stream.slice(streamPrefix.length)} ${revision}` });
    }
    return events;
  }

  /** Waits until the projector holds so many events, ends it, and looks at what it left. */
  async project(events: number): Promise<ProjectedLedger> {
    await this.#until(({ sequence }) => sequence >= events);
    const end = await this.end();
    const pool = this.#pool;
    const verified = await verify({
      ...ledgerReading,
      store: this.#stores.reader,
      pool,
      definition,
    });
    return {
      tables: await equalTablesDump(pool, definition),
      verified: verified.outcome,
      repeated: this.#progress?.repeated ?? 0,
      end: end?.outcome ?? 'stopped',
    };
  }

  /** Ends the projector after the batch in flight. May be repeated. */
  async end(): Promise<RunEnd | undefined> {
    this.#ending.abort();
    return this.#end;
  }

  async #until(holds: (progress: GroupProgress) => boolean): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (!this.#progress || !holds(this.#progress)) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
      void this.#end?.then((end) =>
        reject(new Error(`The projector ended: ${JSON.stringify(end)}`)),
      );
    });
  }
}
