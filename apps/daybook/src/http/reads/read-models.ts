import type { ClientBase, Pool } from 'pg';
import { beginReading } from '#projection-engine';

/** The tables of the projections, to read. */
export class ReadModels {
  readonly #pool: Pool;

  /** @param groupName the projection group whose checkpoint tells how far they are */
  constructor(
    pool: Pool,
    readonly groupName: string,
  ) {
    this.#pool = pool;
  }

  /**
   * Reads several tables as they stood at one moment, of the generation that is active then; the
   * projector writes them in one commit.
   */
  async snapshot<Result>(read: (client: ClientBase) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let failure: Error | undefined;
    try {
      await beginReading(client, this.groupName);
      const result = await read(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      throw failure;
    } finally {
      // A connection whose transaction failed is closed, which ends the transaction.
      client.release(failure);
    }
  }
}
