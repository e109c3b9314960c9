import type { Pool, PoolClient } from 'pg';

/** A process that stands still for so long within a transaction loses it, with the locks it holds. */
const idleMillisecondsMax = 10_000;

const beginWriting = `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${idleMillisecondsMax}`;

/** Runs work in one transaction on a connection of its own; any error rolls it back. */
export async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  begin = beginWriting,
): Promise<Result> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    // A connection that is gone cannot roll back; its server side does so by itself.
    await client.query('ROLLBACK').then(
      () => (failure = undefined),
      () => undefined,
    );
    throw error;
  } finally {
    client.release(failure);
  }
}
