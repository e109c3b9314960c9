import type { ClientBase } from 'pg';

export interface StoredColumn {
  readonly name: string;
  readonly type: string;
}

/** A table as PostgreSQL has it, whatever program made it. */
export interface StoredTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly StoredColumn[];
  readonly primaryKey: readonly string[];
}

/** The tables of a generation's schemas by name, which is the same in every generation. */
export async function readStoredTables(
  client: ClientBase,
  schemas: readonly string[],
): Promise<ReadonlyMap<string, StoredTable>> {
  const { rows } = await client.query<{
    schema: string;
    name: string;
    columns: StoredColumn[];
    primary_key: string[];
  }>(
    `SELECT nspname AS schema, relname AS name,
       (SELECT jsonb_agg(jsonb_build_object('name', attname,
                           'type', format_type(atttypid, atttypmod)) ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = tables.oid AND attnum > 0 AND NOT attisdropped) AS columns,
       (SELECT array_agg(attname::text ORDER BY array_position(conkey, attnum))
        FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)
        WHERE conrelid = tables.oid AND contype = 'p') AS primary_key
     FROM pg_class AS tables JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = ANY($1) AND relkind = 'r' ORDER BY relname`,
    [schemas],
  );
  return new Map(
    rows.map(({ schema, name, columns, primary_key: primaryKey }) => [
      name,
      { schema, name, columns, primaryKey },
    ]),
  );
}
