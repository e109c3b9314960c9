import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { ReferenceData } from '#domain';
import { adoptDerivation, readActiveGeneration } from '#projection-engine';
import { daybookGroup } from '#projections';
import { asRead } from '../generations/ledger-authority.js';
import { derivationOf } from '../generations/recipe.js';
import { hasGenerations } from './store-standing.js';

/** What is read stays so; what this program derives otherwise is built beside it. */
export async function adoptReadModels(
  pool: Pool,
  configured: ReferenceData,
  logger: Logger,
): Promise<void> {
  const group = daybookGroup(configured);
  const active = (await hasGenerations(pool))
    ? await readActiveGeneration(pool, group.name)
    : undefined;
  const adopted = await adoptDerivation(
    pool,
    group,
    derivationOf(group, asRead(configured, active)),
  );
  if (adopted.outcome === 'first_generation') {
    logger.info('The read models are derived from the first event on.');
  } else if (adopted.outcome === 'building') {
    const { generation, isResumed } = adopted;
    logger.warn(
      { generation },
      'What is read was derived with other reference data, or by another release. Generation ' +
        `${generation} is ${isResumed ? 'built further' : 'built'} beside it, and read once it has caught up.`,
    );
  }
}
