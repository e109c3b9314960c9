import type { ClientBase, Pool, PoolClient } from 'pg';
import {
  ActiveReader,
  type ActiveStatement,
  beginReading,
  type ReadingOf,
} from '#projection-engine';
import { readFailureOf } from './other-release.js';

/** The tables of the projections, to read. */
export class ReadModels {
  readonly #pool: Pool;
  readonly #statements: ActiveReader;

  /**
   * @param pool of connections that find their rows by key
   * @param groupName the projection group whose checkpoint tells how far they are
   */
  constructor(
    pool: Pool,
    readonly groupName: string,
  ) {
    this.#pool = pool;
    this.#statements = new ActiveReader(pool, groupName);
  }

  /** Reads what one statement tells; it is a snapshot of the active generation by itself. */
  async row<Row extends object>(statement: ActiveStatement): Promise<Row> {
    try {
      return await this.#statements.read<Row>(statement);
    } catch (error) {
      throw await readFailureOf(error, this.#pool, this.groupName);
    }
  }

  /**
   * Reads several tables as they stood at one moment, of the generation that is active then; the
   * projector writes them in one commit.
   */
  async snapshot<Result>(
    read: (client: ClientBase) => Promise<Result>,
    of: ReadingOf = 'keys',
  ): Promise<Result> {
    const client = await this.#pool.connect();
    try {
      await beginReading(client, this.groupName, of);
      const result = await read(client);
      void end(client);
      return result;
    } catch (error) {
      // A connection whose transaction failed is closed, which ends the transaction.
      client.release(true);
      throw await readFailureOf(error, this.#pool, this.groupName);
    }
  }
}

/** Ends a transaction that has read all it was for: nobody need wait for that but the connection. */
async function end(client: PoolClient): Promise<void> {
  await client.query('COMMIT').then(
    () => client.release(),
    () => client.release(true),
  );
}
