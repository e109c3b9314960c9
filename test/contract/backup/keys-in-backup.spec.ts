import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrateKept } from '#migrations';
import {
  KeyRing,
  PersonalDataVault,
  PostgresDataKeyStore,
  rotateKeyEncryptionKey,
} from '#personal-data';
import { type BackupSource, takeBackup } from '../../../apps/daybook/src/backup/take-backup.js';
import { openPool } from '../../doubles/open-pool.js';
import {
  startTemporaryPostgres,
  type TemporaryPostgres,
} from '../../doubles/temporary-postgres.js';

describe('the keys of a backup', () => {
  let postgres: TemporaryPostgres;
  let pool: Pool;
  let folder: string;
  let keyFile: string;
  let source: BackupSource;

  beforeAll(async () => {
    postgres = await startTemporaryPostgres();
    await migrateKept(postgres.connectionString);
    pool = openPool({ connectionString: postgres.connectionString });
    await pool.query('INSERT INTO kept.ledger (ledger_id, store_id) VALUES ($1, $2)', [
      randomUUID(),
      randomUUID(),
    ]);
  });
  afterAll(async () => {
    await pool.end();
    await postgres.stop();
  });
  beforeEach(async () => {
    await pool.query('TRUNCATE kept.subject_key, kept.key_generation');
    folder = await mkdtemp(join(tmpdir(), 'daybook-keys-'));
    const keysDirectory = join(folder, 'data/keys');
    await mkdir(keysDirectory, { recursive: true });
    keyFile = join(keysDirectory, 'key-encryption-key');
    source = {
      dataDirectory: join(folder, 'data'),
      databaseUrl: postgres.connectionString,
      release: '0.1.0',
      countLedgerEvents: async () => 0,
      keysDirectory,
      withKeys: true,
    };
    return () => rm(folder, { recursive: true });
  });

  const target = (name: string) => join(folder, name);
  const openRing = (path = keyFile) => KeyRing.open(pool, path, { create: true });
  async function sealSome(ring: KeyRing): Promise<void> {
    const vault = new PersonalDataVault(ring, new PostgresDataKeyStore(pool));
    await vault.seal('clear', 'ada', { leaf: 'order-shop.eu:1', field: 'customer' });
  }

  it('are all that lie with them, and the key file from wherever it is', async () => {
    const elsewhere = join(folder, 'key-elsewhere');
    await sealSome(await openRing(elsewhere));
    for (const name of ['seal-key', 'destroyed-keys']) {
      await writeFile(join(source.keysDirectory, name), `the ${name}`);
    }
    await writeFile(`${keyFile}.${randomUUID()}`, 'left by a crash');
    const { keys } = await takeBackup({ ...source, keyFile: elsewhere }, target('backup'));
    const names = ['destroyed-keys', 'key-encryption-key', 'seal-key'];
    expect(keys.files.map(({ path }) => path).toSorted()).toEqual(
      names.map((name) => `keys/${name}`),
    );
    expect((await readdir(target('backup/keys'))).toSorted()).toEqual(names);
    expect(await readFile(target('backup/keys/key-encryption-key'))).toEqual(
      await readFile(elsewhere),
    );
  });

  it('open the tables, or there is no backup: a key that is replaced meanwhile is noticed', async () => {
    const ring = await openRing();
    await sealSome(ring);
    const former = target('former');
    await copyFile(keyFile, former);
    await rotateKeyEncryptionKey(pool, ring);
    // What a snapshot from before a rotation and a key file from behind it look like, and the reverse.
    await expect(takeBackup({ ...source, keyFile: former }, target('late'))).rejects.toMatchObject({
      code: 'key_being_replaced',
    });
    expect(await readdir(target('late'))).not.toContain('manifest.json');
    expect((await takeBackup(source, target('fit'))).keys.files).toHaveLength(1);
  });

  it('are of one generation where they are not in it, since the file will hold the newer alone', async () => {
    const ring = await openRing();
    await sealSome(ring);
    const keyless = { ...source, withKeys: false };
    await pool.query(
      `INSERT INTO kept.key_generation (generation, wrapped_digest_keys) VALUES (2, '')`,
    );
    await expect(takeBackup(keyless, target('early'))).rejects.toMatchObject({
      code: 'key_being_replaced',
      message: expect.stringContaining('daybook keys rotate'),
    });
    await pool.query('TRUNCATE kept.key_generation');
    expect((await takeBackup(keyless, target('behind'))).keys.files).toEqual([]);
  });
});
