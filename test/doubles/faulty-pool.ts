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
    // Of statements that are sent together, the first fault is that of them all.
    const submitFaulty = (set: SentTogether): SentTogether => {
      void (async () => {
        let fault: StatementFault | undefined;
        for (const statement of set.statements) fault ??= await nextFault(nameOf(statement));
        if (fault === 'lost_before') lose();
        void query(set);
        if (fault === 'lost_after') lose();
      })();
      return set;
    };
    const queryFaulty = (...given: unknown[]): unknown => {
      if (isSet(given[0])) return submitFaulty(given[0]);
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

/** Statements that wait for their answers together, of which whoever sends them keeps hold. */
interface SentTogether {
  readonly statements: readonly unknown[];
}

function isSet(statement: unknown): statement is SentTogether {
  return typeof statement === 'object' && statement !== null && 'statements' in statement;
}

function nameOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  const { name, text } = statement as { readonly name?: string; readonly text: string };
  return name ?? text;
}

function socketOf(client: pg.PoolClient): { destroy(): void } {
  return (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream;
}
