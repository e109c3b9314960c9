import { type ClientBase, Pool } from 'pg';
import type { Logger } from 'pino';

const connectMilliseconds = 5_000;

export interface PoolOptions {
  readonly connectionString: string;
  /** What PostgreSQL shows of the connection in pg_stat_activity. */
  readonly name: string;
  readonly connectionsMax: number;
  /** How long one statement may take; without limit where it is left out. */
  readonly statementMilliseconds?: number;
  /**
   * Whether its statements find their rows by key. Without statistics on young tables the planner
   * would scan them, and a prepared statement would keep to that while they grow.
   */
  readonly findsByKey?: boolean;
}

/** Opens a pool; a connection that is lost while idle is reported and replaced. */
export function openPool(options: PoolOptions, logger: Logger): Pool {
  const { connectionString, name, connectionsMax, statementMilliseconds, findsByKey } = options;
  const pool = new Pool({
    connectionString,
    application_name: name,
    max: connectionsMax,
    connectionTimeoutMillis: connectMilliseconds,
    ...(findsByKey === true ? { onConnect: avoidScans } : {}),
    ...(statementMilliseconds === undefined ? {} : { statement_timeout: statementMilliseconds }),
  });
  pool.on('error', (error) => {
    logger.warn(`A connection of ${name} to the database was lost: ${error.message}`);
  });
  return pool;
}

/** Whatever the connection is given out for comes behind it, and says so where the connection is lost. */
function avoidScans(client: ClientBase): void {
  client.query('SET enable_seqscan = off').catch(() => undefined);
}
