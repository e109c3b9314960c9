import { Client, type ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { keptSchemas, migrationsTable } from '#migrations';
import { writeDigested } from './backup-files.js';
import type { BackedUpTable } from './manifest.js';
import { BackupRefused } from './refusal.js';

/** The kept schemas at one instant. */
export interface KeptExport {
  readonly ledgerId: string;
  readonly storeId: string;
  readonly migrations: readonly string[];
  readonly tables: readonly BackedUpTable[];
  /** Which key-encryption keys it takes to open what the tables hold. */
  readonly keyGenerations: readonly number[];
}

/** Text that every PostgreSQL reads back as the same values, whatever its settings. */
const portableText = [
  "SET LOCAL timezone TO 'UTC'",
  "SET LOCAL datestyle TO 'ISO'",
  "SET LOCAL intervalstyle TO 'iso_8601'",
  "SET LOCAL bytea_output TO 'hex'",
  'SET LOCAL extra_float_digits TO 1',
];

/**
 * Writes every kept table into `kept/` of a folder, all as they were at one instant (one
 * repeatable-read snapshot), while others go on writing. CSV, so that another major version of
 * PostgreSQL reads it too.
 *
 * @throws BackupRefused `ledger_missing` where the database keeps no ledger
 */
export async function exportKept(connectionString: string, directory: string): Promise<KeptExport> {
  const client = new Client({ connectionString, application_name: 'daybook backup' });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    for (const statement of portableText) await client.query(statement);
    const identity = await readIdentity(client);
    const migrations = await readMigrations(client);
    const keyGenerations = await readKeyGenerations(client);
    const tables: BackedUpTable[] = [];
    for (const found of await keptTables(client)) {
      tables.push(await exportTable(client, directory, found));
    }
    await client.query('COMMIT');
    return { ...identity, migrations, tables, keyGenerations };
  } finally {
    await client.end();
  }
}

interface KeptTable {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** Every kept table but the one TypeORM writes; generated columns come by themselves. */
async function keptTables(client: ClientBase): Promise<readonly KeptTable[]> {
  const { rows } = await client.query<KeptTable>(
    `SELECT table_schema AS schema, table_name AS "table",
            array_agg(column_name::text ORDER BY ordinal_position) AS columns
     FROM information_schema.columns JOIN information_schema.tables
          USING (table_catalog, table_schema, table_name)
     WHERE table_schema = ANY($1) AND table_name <> $2
       AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
     GROUP BY table_schema, table_name ORDER BY 1, 2`,
    [keptSchemas, migrationsTable],
  );
  return rows;
}

async function exportTable(
  client: ClientBase,
  directory: string,
  { schema, table, columns }: KeptTable,
): Promise<BackedUpTable> {
  const names = columns.map((name) => client.escapeIdentifier(name)).join(', ');
  const source = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}`;
  const copying = client.query(
    copyTo(`COPY ${source} (${names}) TO STDOUT (FORMAT csv, HEADER, ENCODING 'UTF8')`),
  );
  const file = await writeDigested(copying, directory, `kept/${schema}.${table}.csv`);
  return { schema, table, columns, rows: copying.rowCount, ...file };
}

async function readIdentity(client: ClientBase): Promise<Pick<KeptExport, 'ledgerId' | 'storeId'>> {
  const { rows: found } = await client.query<{ exists: boolean }>(
    "SELECT to_regclass('kept.ledger') IS NOT NULL AS exists",
  );
  const { rows } = found[0]?.exists
    ? await client.query<{ ledger_id: string; store_id: string }>(
        'SELECT ledger_id, store_id FROM kept.ledger',
      )
    : { rows: [] };
  const [row] = rows;
  if (row !== undefined) return { ledgerId: row.ledger_id, storeId: row.store_id };
  throw new BackupRefused(
    'ledger_missing',
    'The database keeps no ledger yet, so there is nothing to back up. Start Daybook once first.',
  );
}

async function readMigrations(client: ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM kept.${migrationsTable} ORDER BY id`,
  );
  return rows.map(({ name }) => name);
}

/** Of the live keys, and of the digest keys, which the newest generation wraps. */
async function readKeyGenerations(client: ClientBase): Promise<readonly number[]> {
  const { rows: found } = await client.query<{ exists: boolean }>(
    "SELECT to_regclass('kept.key_generation') IS NOT NULL AS exists",
  );
  // An earlier release knew of one alone.
  if (found[0]?.exists !== true) return [1];
  const { rows } = await client.query<{ generation: number }>(
    `SELECT generation FROM kept.subject_key WHERE destroyed_at IS NULL
     UNION SELECT max(generation) FROM kept.key_generation HAVING count(*) > 0`,
  );
  return rows.map(({ generation }) => generation);
}
