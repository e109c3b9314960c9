import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { daybookGroup } from '#projections';
import { readActiveGeneration } from '#projection-engine';
import { Closing } from '../composition/closing.js';
import { configured } from '../composition/configured.js';
import { openPool } from '../composition/database-pool.js';
import { readRunRecord } from '../composition/run-record.js';
import { DaybookStartError, starting } from '../composition/start-error.js';
import { hasGenerations } from '../composition/store-standing.js';
import { GenerationRuns } from '../generations/generation-runs.js';
import { createLogger } from '../logging/logger.js';
import { startProjector } from '../roles/projector.js';
import { TerminationSignals } from '../termination-signals.js';
import { ProjectorStatuses } from '../roles/projector-statuses.js';
import { ProjectorHealth } from './projector-health.js';
import { hasMoved, type ServedStores, servedStores } from './served-stores.js';

export interface ProjectorOptions {
  /** Where a Daybook serves the stores that are not configured. */
  readonly dataDirectory: string;
  /** Where its health and metrics are answered, on 127.0.0.1; any free one where it is left out. */
  readonly port?: number;
  /** Called once it takes part, with the address of its health. */
  readonly onTakingPart: (healthUrl: string) => void;
}

const connectionsMax = 2;
const lookMilliseconds = 1_000;
/** The exit code of a process that could not go on. */
const failureExitCode = 3;

/**
 * Runs the projector alone until SIGINT or SIGTERM: it applies what it holds the lease of, and stands
 * by for the rest. Where it cannot go on, or the stores have moved, it ends with a code that is not
 * zero, to be started again.
 *
 * @throws DaybookStartError with a code and a message that says what to do; nothing is left running
 */
export async function runProjector(options: ProjectorOptions): Promise<void> {
  const configuration = configured({ data: options.dataDirectory });
  const logger = createLogger('info');
  const closing = new Closing(logger);
  const signals = new TerminationSignals();
  const failing = new AbortController();
  const failed = new Promise<Error>((resolve) => {
    failing.signal.addEventListener('abort', () => resolve(failing.signal.reason as Error));
  });
  const onFailure = (error: Error): void => failing.abort(error);
  try {
    const stores = await servedStores(configuration);
    const group = daybookGroup(configuration.referenceData);
    const pool = openPool(
      { connectionString: stores.databaseUrl, name: 'daybook generations', connectionsMax },
      logger,
    );
    closing.add('The connections to the database', () => pool.end());
    await starting('The database cannot be read', () => checkTables(pool, group.name));
    const projectors = new ProjectorStatuses();
    const runs = new GenerationRuns({
      pool,
      group,
      start: (generation, referenceData, onRunFailure) =>
        startProjector(
          {
            ...stores,
            referenceData,
            generation,
            logLevel: 'info',
            parkedKeysMax: configuration.parkedKeysMax,
          },
          logger,
          onRunFailure,
          projectors,
        ),
      logger,
      onFailure,
    });
    closing.add('The projector', () => runs.stop());
    await starting('The projector does not start', () => runs.start());
    const watching = watchMove(stores, onFailure);
    closing.add('The watch on the stores', async () => watching.abort());
    const health = await starting('Its health cannot be answered', () =>
      ProjectorHealth.start({
        projectors,
        activeGeneration: async () => (await readActiveGeneration(pool, group.name))?.generation,
        port: options.port ?? 0,
      }),
    );
    closing.add('The answers about its health', () => health.stop());
    options.onTakingPart(health.url);
    const end = await Promise.race([signals.received, failed]);
    if (!(end instanceof Error)) return;
    logger.fatal({ err: end }, `The projector cannot go on: ${end.message}`);
    await closing.close();
    process.exit(failureExitCode);
  } finally {
    await closing.close();
    signals.ignore();
  }
}

/** Who serves makes the tables, once it knows that the stores belong together. */
async function checkTables(pool: Pool, groupName: string): Promise<void> {
  if ((await hasGenerations(pool)) && (await readActiveGeneration(pool, groupName))) return;
  throw new DaybookStartError(
    'nothing_to_project',
    'The database holds no read models yet. Begin "daybook serve" on these stores first: it makes them.',
  );
}

/** A Daybook that is started again has its stores elsewhere; waiting at the old place would be in vain. */
function watchMove(stores: ServedStores, onMoved: (error: Error) => void): AbortController {
  const ending = new AbortController();
  const { signal } = ending;
  const { servedFrom } = stores;
  if (servedFrom === undefined) return ending;
  void (async () => {
    while (!signal.aborted) {
      await pause(lookMilliseconds, undefined, { signal }).catch(() => undefined);
      const now = await readRunRecord(servedFrom).catch(() => undefined);
      // While nobody serves there is nothing new to be known.
      if (now === undefined || signal.aborted) continue;
      if (!hasMoved(stores, now)) continue;
      onMoved(new Error(`Daybook serves ${servedFrom} with its stores at other addresses now.`));
      return;
    }
  })();
  return ending;
}
