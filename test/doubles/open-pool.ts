import pg from 'pg';

/**
 * A pool of a specification. `pool.end()` answers before its connections have ended, so a server
 * that stops next tells idle ones of it; nobody waits for those, and what a query is told still
 * reaches whoever asked.
 */
export function openPool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(options);
  pool.on('error', () => undefined);
  return pool;
}
