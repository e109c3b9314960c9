import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { ReferenceData } from '#domain';
import type { EventStore, Measured } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import type { PersonalDataVault } from '#personal-data';
import { PositionWaiter } from '#projection-engine';
import { daybookGroup } from '#projections';
import type { Recorder } from '#recording';
import type { Erasures } from '../erasure/erasures.js';
import type { KeyRotations } from '../erasure/key-rotations.js';
import type { ParkedDesk } from '../parking/parked-desk.js';
import type { GenerationDesk } from '../generations/generation-desk.js';
import { portError } from '../composition/free-port.js';
import { apiHost, type HttpApi, startHttpApi } from '../http/http-api.js';
import type { EventStoreBackups } from '../http/backups/event-store-backups.js';
import { LedgerIdentity } from '../http/reads/ledger-identity.js';
import { KnownTail } from '../http/reads/known-tail.js';
import { ReadAfter } from '../http/reads/read-after.js';
import { PastReadModels } from '../http/reads/past-read-models.js';
import { ReadModels } from '../http/reads/read-models.js';
import { ReadinessCheck } from '../http/health/readiness.js';
import { Metrics } from '../metrics/metrics.js';
import type { ProjectorStatuses } from './projector-statuses.js';
import { LedgerStreams } from '../http/streams/ledger-streams.js';
import { WritePath } from '../http/write-path.js';

/** What the API role is made of. */
export interface ApiRoleParts {
  readonly store: EventStore & Measured;
  readonly recorder: Recorder;
  readonly ledger: { readonly ledgerId: string; readonly storeId: string };
  readonly personalData: PersonalDataVault;
  /** For queries; a statement on it may not take long. */
  readonly readPool: Pool;
  /** The database past any pooler, for the one connection that hears of commits. */
  readonly directDatabaseUrl: string;
  readonly referenceData: ReferenceData;
  /** The projectors of this process; none where others run them. */
  readonly projectors: ProjectorStatuses;
  readonly stallSeconds: number;
  readonly backups: EventStoreBackups;
  readonly erasures: Erasures;
  readonly keyRotations: KeyRotations;
  readonly generations: GenerationDesk;
  readonly parked: ParkedDesk;
  readonly port: number;
  readonly logger: Logger;
}

/** Starts the API on the write path and the read models. */
export async function startApiRole(parts: ApiRoleParts): Promise<HttpApi> {
  const { name: groupName } = daybookGroup(parts.referenceData);
  const ledger = new LedgerIdentity(parts.ledger.ledgerId, parts.ledger.storeId);
  const streams = new LedgerStreams(parts.store, defaultLedgerPrefix);
  const tail = new KnownTail(streams);
  const positions = new PositionWaiter({
    pool: parts.readPool,
    direct: {
      connectionString: parts.directDatabaseUrl,
      application_name: 'daybook announcements',
    },
    groupName,
  });
  const { projectors, stallSeconds, recorder, store } = parts;
  const readiness = new ReadinessCheck({
    streams,
    pool: parts.readPool,
    groupName,
    projectors,
    stallSeconds,
  });
  const metrics = new Metrics({ readiness, projectors, positions, recorder, store });
  const api = await startHttpApi(
    {
      ledger,
      streams,
      writePath: new WritePath(parts.recorder, parts.referenceData),
      readModels: new ReadModels(parts.readPool, groupName),
      pastReadModels: new PastReadModels(parts.readPool, groupName),
      tail,
      readAfter: new ReadAfter(ledger, tail, positions),
      readiness,
      metrics,
      personalData: parts.personalData,
      backups: parts.backups,
      erasures: parts.erasures,
      keyRotations: parts.keyRotations,
      generations: parts.generations,
      parked: parts.parked,
    },
    { port: parts.port, logger: parts.logger },
  ).catch(async (error: unknown) => {
    // It listens on a connection of its own, which would keep the process alive.
    await Promise.all([positions.close(), readiness.stop()]);
    throw portError(error, parts.port, apiHost) ?? error;
  });
  return {
    port: api.port,
    // Requests that wait for a position end with the waiter, and are answered before the API ends.
    stop: async () => {
      await Promise.all([positions.close(), readiness.stop(), api.stop()]);
    },
  };
}
