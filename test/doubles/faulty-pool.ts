import type pg from 'pg';

/**
 * What happens to a statement: its connection is lost before it is sent, or once it is sent, so that
 * nobody knows what it did.
 */
export type StatementFault = 'lost_before' | 'lost_after';

/**
 * A pool on whose connections statements can be lost.
 *
 * @param nextFault asked before each, whichever connection it is on, with its name or else its text
 */
export function faultyPool(
  pool: pg.Pool,
  nextFault: (statement: string) => Promise<StatementFault | undefined>,
): pg.Pool {
  const prepared = new WeakSet<pg.PoolClient>();
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect();
    if (prepared.has(client)) return client;
    prepared.add(client);
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    const lose = (): void => {
      socketOf(client).destroy();
    };
    const queryFaulty = (...given: unknown[]): unknown => {
      // Rows that are copied have a stream of their own, which must be handed back at once.
      if (typeof given[0] === 'object' && given[0] !== null && 'submit' in given[0]) {
        return query(...given);
      }
      return (async () => {
        const fault = await nextFault(nameOf(given[0]));
        if (fault === 'lost_before') lose();
        const answer = query(...given);
        if (fault === 'lost_after') lose();
        return answer;
      })();
    };
    return Object.assign(client, { query: queryFaulty });
  };
  return Object.assign(Object.create(pool) as pg.Pool, { connect, query: pool.query.bind(pool) });
}

function nameOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  const { name, text } = statement as { readonly name?: string; readonly text: string };
  return name ?? text;
}

function socketOf(client: pg.PoolClient): { destroy(): void } {
  return (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream;
}
