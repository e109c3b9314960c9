import { stat } from 'node:fs/promises';
import { KeyRing } from '#personal-data';
import { openPool } from '../composition/database-pool.js';
import { messageOf } from '../composition/start-error.js';
import { createLogger } from '../logging/logger.js';
import { BackupRefused } from './refusal.js';

/**
 * Sees to it that the key file opens what was restored. Where there is none yet, it is for the start
 * to ask for it.
 *
 * @throws BackupRefused `key_file_wrong`
 */
export async function checkKeys(databaseUrl: string, keyFile: string): Promise<void> {
  if ((await stat(keyFile).catch(() => undefined)) === undefined) return;
  const pool = openPool(
    { connectionString: databaseUrl, name: 'daybook restore', connectionsMax: 1 },
    createLogger('warn'),
  );
  try {
    const ring = await KeyRing.open(pool, keyFile, { create: false });
    const { rows } = await pool.query<{ key_id: string; wrapped_key: Buffer; generation: number }>(
      `SELECT key_id, wrapped_key, generation FROM kept.subject_key
       WHERE destroyed_at IS NULL ORDER BY created_at LIMIT 1`,
    );
    for (const { key_id: keyId, wrapped_key: key, generation } of rows) {
      ring.unwrap(keyId, key, generation);
    }
  } catch (error) {
    throw new BackupRefused(
      'key_file_wrong',
      `${keyFile} does not open the personal data of the backup (${messageOf(error)}). ` +
        'Name the key file, or the folder of keys, of the Daybook that was backed up; nothing was restored.',
    );
  } finally {
    await pool.end();
  }
}
