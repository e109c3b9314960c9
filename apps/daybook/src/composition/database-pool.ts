import { Pool } from 'pg';
import type { Logger } from 'pino';

const connectMilliseconds = 5_000;

export interface PoolOptions {
  readonly connectionString: string;
  /** What PostgreSQL shows of the connection in pg_stat_activity. */
  readonly name: string;
  readonly connectionsMax: number;
  /** How long one statement may take; without limit where it is left out. */
  readonly statementMilliseconds?: number;
}

/** Opens a pool; a connection that is lost while idle is reported and replaced. */
export function openPool(options: PoolOptions, logger: Logger): Pool {
  const { connectionString, name, connectionsMax, statementMilliseconds } = options;
  const pool = new Pool({
    connectionString,
    application_name: name,
    max: connectionsMax,
    connectionTimeoutMillis: connectMilliseconds,
    ...(statementMilliseconds === undefined ? {} : { statement_timeout: statementMilliseconds }),
  });
  pool.on('error', (error) => {
    logger.warn(`A connection of ${name} to the database was lost: ${error.message}`);
  });
  return pool;
}
