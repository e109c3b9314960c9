import type pg from 'pg';
import { openPool } from '../doubles/open-pool.js';

/** The read models of a Daybook on a database of its own, looked at by statements of the spec's. */
export class RecordedTables {
  readonly #pool: pg.Pool;

  constructor(connectionString: string) {
    this.#pool = openPool({ connectionString, max: 1 });
  }

  /** Rows of a statement that names the tables of one read model, such as `order_timeline`. */
  async rows<Row extends pg.QueryResultRow>(
    projection: string,
    statement: string,
  ): Promise<readonly Row[]> {
    const { rows } = await this.#pool.query<{ name: string }>(
      'SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE $1',
      [`${projection}_v%`],
    );
    const [only, ...others] = rows;
    if (only === undefined || others.length > 0) {
      throw new Error(`${projection} has ${rows.length} generations: ${JSON.stringify(rows)}`);
    }
    await this.#pool.query(`SET search_path TO "${only.name}"`);
    return (await this.#pool.query<Row>(statement)).rows;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
