import type { Pool } from 'pg';
import type { ReferenceData } from '#domain';
import { connectEventStore } from '#event-store';
import {
  readActiveGeneration,
  type SumsCompared,
  verify,
  type VerifyOutcome,
  type VerifyProgress,
  verifySums,
} from '#projection-engine';
import { daybookGroup } from '#projections';
import { Closing } from './composition/closing.js';
import { configured } from './composition/configured.js';
import { openPool } from './composition/database-pool.js';
import { findStores } from './composition/find-stores.js';
import { ledgerReading } from './composition/ledger-reading.js';
import { DaybookStartError, starting } from './composition/start-error.js';
import { hasGenerations } from './composition/store-standing.js';
import { asRead } from './generations/ledger-authority.js';
import { derivationOf } from './generations/recipe.js';
import { createLogger } from './logging/logger.js';

export interface VerificationOptions {
  /** DAYBOOK_DATA or `.daybook` where it is left out. */
  readonly dataDirectory?: string;
  /** Derives and compares every row; else sums alone are compared with what the store holds. */
  readonly full?: boolean;
  readonly progress?: (progress: VerifyProgress) => void;
}

/** What was found, of one size or the other. */
export type VerificationReport = VerifyOutcome | SumsCompared;

const connectionsMax = 2;

/**
 * Reads every event of the store again and compares sums by category with those kept beside the read
 * models; where it is asked for, folds them too and compares the read models row by row.
 * A Daybook that runs on the data directory goes on meanwhile; of one that does not run, the stores
 * are started for as long as it takes.
 *
 * @throws DaybookStartError where there is nothing to verify, or the stores cannot be reached
 */
export async function verifyDaybook(options: VerificationOptions): Promise<VerificationReport> {
  const configuration = configured(
    options.dataDirectory === undefined ? {} : { data: options.dataDirectory },
  );
  const logger = createLogger('warn');
  const closing = new Closing(logger);
  try {
    const { addresses: stores } = await findStores(configuration, closing, 'nothing_to_verify');
    const store = connectEventStore({ connectionString: stores.eventStoreUrl, access: 'read' });
    closing.add('The connection to the event store', () => store.close());
    const pool = openPool(
      { connectionString: stores.databaseUrl, name: 'daybook verification', connectionsMax },
      logger,
    );
    closing.add('The connections to the database', () => pool.end());
    const { progress } = options;
    return await starting('The ledger cannot be verified', async () => {
      const definition = await definitionAsRead(pool, configuration.referenceData);
      const request = {
        ...ledgerReading,
        store,
        pool,
        definition,
        ...(progress === undefined ? {} : { progress }),
      };
      return options.full === true ? verify(request) : verifySums(request);
    });
  } finally {
    await closing.close();
  }
}

/** Rows that were derived with other reference data would all be told as differences. */
async function definitionAsRead(
  pool: Pool,
  configured: ReferenceData,
): Promise<ReturnType<typeof daybookGroup>> {
  const { name } = daybookGroup(configured);
  const active = (await hasGenerations(pool)) ? await readActiveGeneration(pool, name) : undefined;
  const referenceData = asRead(configured, active);
  const definition = daybookGroup(referenceData);
  const wanted = derivationOf(definition, referenceData).digest;
  if (active === undefined || active.derivation.digest === wanted) return definition;
  throw new DaybookStartError(
    'derivation_differs',
    `The read models were derived with other reference data, or by another release, than are here: ${process.cwd()}/daybook.json. Verify where Daybook is served, or serve from here once to derive them again.`,
  );
}
