import { DatabaseError, escapeLiteral, type Pool } from 'pg';
import { type Generation, readActiveGeneration } from '../generations/generation.js';
import { parkedNoticeSql } from '../parking/read-parked.js';
import { engineSchema, quoted } from '../postgres/identifiers.js';

/** How often a reading is begun anew because another generation became active meanwhile. */
const attemptsMax = 5;

const undefinedTable = '42P01';
const undefinedSchema = '3F000';

/** What a statement names of the generation it reads. */
export interface ActiveTables {
  /** What stands before the name of a projection's table, such as `"order_timeline_v1_g3".` */
  readonly of: (projection: string) => string;
  /**
   * SQL of the one object, or null, that tells what is parked of things.
   *
   * @param names the parameter that holds their storable names, such as `$2`
   */
  readonly parkedNotice: (names: string) => string;
}

/** A statement of one row, which is all that is read. */
export interface ActiveStatement {
  readonly name: string;
  readonly text: (tables: ActiveTables) => string;
  readonly values: readonly unknown[];
}

interface OfGeneration {
  /** Which generation is active in the statement's snapshot; null where none is. */
  readonly activeGeneration: number | null;
}

/**
 * Reads a group's tables by single statements. One statement is a snapshot by itself, so it needs no
 * transaction and is answered in one round trip; it is prepared for each generation, and says itself
 * which one is active in its snapshot. Where that is another than it has read, it is asked again.
 */
export class ActiveReader {
  #active: Promise<Generation | undefined> | undefined;

  /** @param pool of connections that do not scan tables; see {@link ReadingOf} */
  constructor(
    private readonly pool: Pool,
    private readonly groupName: string,
  ) {}

  async read<Row extends object>(statement: ActiveStatement): Promise<Row> {
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const generation = await this.#generation();
      const row = await this.#ask<Row>(statement, generation).catch(async (error: unknown) => {
        this.#active = undefined;
        // The generation that was asked may have been retired since it was found.
        const active = isMissing(error) ? await this.#generation() : generation;
        if (active?.generation !== generation?.generation) return undefined;
        throw error;
      });
      if (row !== undefined && row.activeGeneration === generation?.generation) return row;
      this.#active = undefined;
    }
    throw new Error(`${this.groupName} was switched ${attemptsMax} times during one reading.`);
  }

  #generation(): Promise<Generation | undefined> {
    this.#active ??= readActiveGeneration(this.pool, this.groupName).catch((error: unknown) => {
      this.#active = undefined;
      throw error;
    });
    return this.#active;
  }

  async #ask<Row extends object>(
    { name, text, values }: ActiveStatement,
    generation: Generation | undefined,
  ): Promise<(Row & OfGeneration) | undefined> {
    const { rows } = await this.pool.query<Row & OfGeneration>({
      name: `${name}, generation ${generation?.generation ?? 'none'}`,
      text: `SELECT (SELECT generation FROM ${engineSchema}.generation
          WHERE group_name = ${escapeLiteral(this.groupName)} AND state = 'active'
        ) AS "activeGeneration", answer.* FROM (${text(tablesOf(this.groupName, generation))}) AS answer`,
      values: [...values],
    });
    return rows[0];
  }
}

function tablesOf(groupName: string, generation: Generation | undefined): ActiveTables {
  return {
    of: (projection) => {
      const versions = `${projection.replaceAll('-', '_')}_v`;
      const schema = generation?.schemas.find((each) => each.startsWith(versions));
      // Without one the statement fails as any other reading of tables that were never made.
      return schema === undefined ? '' : `${quoted(schema)}.`;
    },
    parkedNotice: (names) =>
      parkedNoticeSql(
        `group_name = ${escapeLiteral(groupName)} AND generation = ${generation?.generation ?? 0}`,
        names,
      ),
  };
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof DatabaseError &&
    (error.code === undefinedTable || error.code === undefinedSchema)
  );
}
