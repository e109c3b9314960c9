import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { keptMigrationNames, migrateKept } from '#migrations';
import type { BackedUpTable, BackupManifest } from './manifest.js';
import { inOneTransaction } from './one-transaction.js';
import { BackupRefused } from './refusal.js';

/**
 * Puts the kept tables of a backup into a database that keeps no ledger: the tables are made as they
 * were when the backup was taken, filled in one transaction, and then migrated to this release.
 *
 * @throws BackupRefused where the database keeps a ledger, or a later release took the backup
 */
export async function importKept(
  connectionString: string,
  directory: string,
  { kept, release }: Pick<BackupManifest, 'kept' | 'release'>,
): Promise<void> {
  const unknown = kept.migrations.filter((name) => !keptMigrationNames().includes(name));
  if (unknown.length > 0) {
    throw new BackupRefused(
      'backup_newer',
      `The backup was taken by a later release (${release}) with ${unknown.join(', ')}. ` +
        'Restore it with that release.',
    );
  }
  await inOneTransaction(connectionString, refuseUsed);
  const last = kept.migrations.at(-1);
  await migrateKept(connectionString, last === undefined ? {} : { last });
  await inOneTransaction(connectionString, async (client) => {
    // A backup that was taken while the key-encryption key was replaced holds keys under both.
    await client.query("SET LOCAL daybook.restoring = 'on'");
    for (const table of kept.tables) {
      await importTable(client, directory, table);
    }
  });
  await migrateKept(connectionString);
}

/** The database would be left between two ledgers. */
async function refuseUsed(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ used: boolean }>(
    "SELECT to_regclass('kept.ledger') IS NOT NULL AS used",
  );
  if (rows[0]?.used !== true) return;
  throw new BackupRefused(
    'database_in_use',
    'The database that DATABASE_URL names has a schema "kept" already. Name an empty database, or ' +
      'unset DATABASE_URL to restore into the embedded one; nothing was changed.',
  );
}

async function importTable(
  client: ClientBase,
  directory: string,
  { schema, table, columns, path, rows }: BackedUpTable,
): Promise<void> {
  const names = columns.map((name) => client.escapeIdentifier(name)).join(', ');
  const target = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}`;
  const copying = client.query(
    copyFrom(`COPY ${target} (${names}) FROM STDIN (FORMAT csv, HEADER MATCH, ENCODING 'UTF8')`),
  );
  await pipeline(createReadStream(join(directory, path)), copying);
  if (copying.rowCount !== rows) {
    throw new BackupRefused(
      'backup_damaged',
      `${path} gave ${copying.rowCount} rows, and the manifest says ${rows}. Take another backup.`,
    );
  }
  await goOnCounting(client, `${schema}.${table}`, target, columns);
}

/** A column that counts by itself goes on behind the last number it has given. */
async function goOnCounting(
  client: ClientBase,
  name: string,
  target: string,
  columns: readonly string[],
): Promise<void> {
  for (const column of columns) {
    const { rows } = await client.query<{ sequence: string | null }>(
      'SELECT pg_get_serial_sequence($1, $2) AS sequence',
      [name, column],
    );
    const sequence = rows[0]?.sequence ?? null;
    if (sequence === null) continue;
    const value = `SELECT max(${client.escapeIdentifier(column)}) FROM ${target}`;
    await client.query(`SELECT setval($1, coalesce((${value}), 0) + 1, false)`, [sequence]);
  }
}
