import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { instantFromMilliseconds } from '#kernel';
import { migrateKept } from '#migrations';
import { daybookGroup } from '#projections';
import { startSeals } from '../audit/configured-seals.js';
import { adoptReadModels } from './adopt-read-models.js';
import { Closing } from './closing.js';
import { configured } from './configured.js';
import { openPool, type PoolOptions } from './database-pool.js';
import { checkPort } from './free-port.js';
import { openLedger } from './open-ledger.js';
import { removeRunRecord, writeRunRecord } from './run-record.js';
import { DaybookStartError, starting } from './start-error.js';
import { checkStoreReaches } from './store-standing.js';
import { openStores, type StoreAddresses } from './stores.js';
import type { Configuration } from '../configuration/configuration.js';
import {
  isDataDirectory,
  openDataDirectory,
  type OpenedDataDirectory,
} from '../data-directory/index.js';
import { GenerationDesk } from '../generations/generation-desk.js';
import { GenerationRuns } from '../generations/generation-runs.js';
import { createLogger, type LogLevel } from '../logging/logger.js';
import { EventStoreBackups } from '../http/backups/event-store-backups.js';
import { apiHost } from '../http/http-api.js';
import { ReadModels } from '../http/reads/read-models.js';
import { ParkedDesk } from '../parking/parked-desk.js';
import { startApiRole } from '../roles/api.js';
import { startPersonalDataRole } from '../roles/personal-data.js';
import { startProjector } from '../roles/projector.js';
import { ProjectorStatuses } from '../roles/projector-statuses.js';
import { VerificationSchedule } from '../roles/verification-schedule.js';

export interface DaybookOptions {
  /** Where everything is kept; DAYBOOK_DATA or `.daybook` where it is left out. */
  readonly dataDirectory?: string;
  /** On 127.0.0.1; 0 asks for any free one. DAYBOOK_PORT or 2850 where it is left out. */
  readonly port?: number;
  /** From which level on JSON lines are written to standard error; `warn` where it is left out. */
  readonly logLevel?: LogLevel;
}

/** A Daybook that runs in this process, with all its roles. */
export interface LaunchedDaybook {
  /** Such as `http://127.0.0.1:2850`. */
  readonly url: string;
  /** Resolves with what made it impossible to go on; never where nothing does. */
  readonly failed: Promise<Error>;
  /** Answers what was accepted, then ends every part. May be repeated. */
  stop(): Promise<void>;
}

const writeConnectionsMax = 10;
const readConnectionsMax = 10;
const readStatementMilliseconds = 20_000;
/** The file in the folder of keys with the ids of keys that were destroyed. */
const destroyedKeysFileName = 'destroyed-keys';

/**
 * Starts every role on one machine: the stores that are not configured, the write path, the projector
 * in a thread of its own, and the HTTP API.
 *
 * @throws DaybookStartError with a code and a message that says what to do; nothing is left running
 */
export async function launchDaybook(options: DaybookOptions): Promise<LaunchedDaybook> {
  const configuration = configured({
    ...(options.dataDirectory === undefined ? {} : { data: options.dataDirectory }),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const logLevel = options.logLevel ?? 'warn';
  const logger = createLogger(logLevel);
  const closing = new Closing(logger);
  try {
    const launch = new Launch(configuration, logger, logLevel, closing);
    const url = await launch.run();
    return { url, failed: launch.failed, stop: () => closing.close() };
  } catch (error) {
    await closing.close();
    throw error;
  }
}

/** One start, step by step; each step registers how it is undone. */
class Launch {
  readonly failed: Promise<Error>;
  readonly #onFailure: (error: Error) => void;
  readonly #projectors = new ProjectorStatuses();

  constructor(
    private readonly configuration: Configuration,
    private readonly logger: Logger,
    private readonly logLevel: LogLevel,
    private readonly closing: Closing,
  ) {
    let onFailure: (error: Error) => void = () => undefined;
    this.failed = new Promise((resolve) => {
      onFailure = resolve;
    });
    this.#onFailure = onFailure;
  }

  async run(): Promise<string> {
    const { dataDirectory, port: wantedPort } = this.configuration;
    // Before a ledger is made; of one that is there its lock says more than a port in use.
    if (!isDataDirectory(dataDirectory)) await checkPort(wantedPort, apiHost);
    const directory = await openDirectory(this.configuration, this.closing);
    await checkPort(wantedPort, apiHost);
    const opened = await openStores(
      this.configuration,
      directory,
      this.closing,
      this.#onFailure,
      (message) => this.logger.warn(message),
    );
    const stores = opened.addresses;
    await starting('The database cannot be brought up to date', () =>
      migrateKept(stores.databaseUrl),
    );
    const controlToken = newControlToken();
    const backups = new EventStoreBackups(controlToken, opened.embeddedEventStore);
    const port = await this.#startRoles(directory, stores, backups);
    const url = `http://127.0.0.1:${port}`;
    await writeRunRecord(directory.path, {
      url,
      port,
      processId: process.pid,
      controlToken,
      ...stores,
    });
    this.closing.add('The record of the run', () => removeRunRecord(directory.path));
    this.logger.info({ url, dataDirectory: directory.path }, 'Daybook serves');
    return url;
  }

  async #startRoles(
    directory: OpenedDataDirectory,
    stores: StoreAddresses,
    backups: EventStoreBackups,
  ): Promise<number> {
    const { logger, closing, configuration } = this;
    const { referenceData, port, keyFile } = configuration;
    const { name: groupName } = daybookGroup(referenceData);
    const clock = (): string => instantFromMilliseconds(Date.now());
    const { writePool, readPool } = this.#pools(stores);
    const { eventStoreUrl } = stores;
    const ledger = await openLedger(
      { eventStoreUrl, pool: writePool, directory, keyFile, clock, logger },
      closing,
    );
    const { store, recorder, identity, ...keys } = ledger;
    await starting('The event store cannot be compared with the database', () =>
      checkStoreReaches(store, readPool, groupName),
    );
    await starting('The tables of the read models cannot be made', () =>
      adoptReadModels(writePool, referenceData, logger),
    );
    const seals = startSeals({ configuration, store, ledgerId: identity.ledgerId, logger });
    closing.add('The seals', () => seals.stop());
    const readModels = new ReadModels(readPool, groupName);
    const runs = this.#generationRuns(writePool, stores);
    closing.add('The projector', () => runs.stop());
    await starting('The projector does not start', () => runs.start());
    closing.add('The write path', () => recorder.settled());
    const forgetting = await starting('What was erased cannot be erased again', () =>
      startPersonalDataRole({
        ...keys,
        store,
        storeId: identity.storeId,
        recorder,
        writePool,
        readModels,
        journalFile: join(directory.keysDirectory, destroyedKeysFileName),
        quarantineRetentionDays: configuration.quarantineRetentionDays,
        clock,
        logger,
      }),
    );
    closing.add('The care for personal data', () => forgetting.stop());
    this.#scheduleVerification(readPool, stores);
    const api = await starting('The HTTP API does not start', () =>
      startApiRole({
        ...forgetting,
        store,
        recorder,
        ledger: identity,
        personalData: keys.vault,
        generations: new GenerationDesk(
          writePool,
          daybookGroup(referenceData),
          referenceData,
          runs,
          readModels,
        ),
        parked: new ParkedDesk(writePool, groupName),
        readPool,
        directDatabaseUrl: configuration.databaseDirectUrl ?? stores.databaseUrl,
        referenceData,
        projectors: this.#projectors,
        stallSeconds: configuration.health.stallSeconds,
        backups,
        port,
        logger,
      }),
    );
    closing.add('The HTTP API', () => api.stop());
    return api.port;
  }

  #pools(stores: StoreAddresses): { readonly writePool: Pool; readonly readPool: Pool } {
    return {
      writePool: this.#pool('daybook recording', stores, writeConnectionsMax),
      readPool: this.#pool('daybook queries', stores, readConnectionsMax, {
        statementMilliseconds: readStatementMilliseconds,
      }),
    };
  }

  #generationRuns(pool: Pool, stores: StoreAddresses): GenerationRuns {
    const { logger, logLevel } = this;
    const { parkedKeysMax } = this.configuration;
    return new GenerationRuns({
      pool,
      group: daybookGroup(this.configuration.referenceData),
      start: (generation, referenceData, onFailure) =>
        startProjector(
          { ...stores, referenceData, generation, parkedKeysMax, logLevel },
          logger,
          onFailure,
          this.#projectors,
        ),
      logger,
      onFailure: this.#onFailure,
    });
  }

  #scheduleVerification(pool: Pool, { eventStoreUrl, databaseUrl }: StoreAddresses): void {
    const { logger, logLevel, configuration } = this;
    const schedule = new VerificationSchedule({
      start: { eventStoreUrl, databaseUrl, logLevel },
      pool,
      groupName: daybookGroup(configuration.referenceData).name,
      everyHours: configuration.health.verifyHours,
      logger,
    });
    schedule.begin();
    this.closing.add('The scheduled verification', () => schedule.stop());
  }

  #pool(
    name: string,
    { databaseUrl }: StoreAddresses,
    connectionsMax: number,
    limits: Pick<PoolOptions, 'statementMilliseconds'> = {},
  ): Pool {
    const options = { connectionString: databaseUrl, name, connectionsMax, ...limits };
    const pool = openPool({ ...options, findsByKey: true }, this.logger);
    this.closing.add(`The connections of ${name}`, () => pool.end());
    return pool;
  }
}

function newControlToken(): string {
  return randomBytes(32).toString('hex');
}

async function openDirectory(
  { dataDirectory }: Configuration,
  closing: Closing,
): Promise<OpenedDataDirectory> {
  const directory = await openDataDirectory(dataDirectory);
  if (directory.outcome === 'refused') {
    throw new DaybookStartError(directory.code, directory.message);
  }
  closing.add('The lock of the data directory', () => directory.release());
  return directory;
}
