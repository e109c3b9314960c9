import { randomBytes } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { EmbeddedPostgresError, systemErrorCode } from './failure.js';
import { giveFile, type ServerAccount } from './server-account.js';

/** The password of a cluster's superuser. Throws `cluster_unusable` where it is lost. */
export async function readPassword(path: string): Promise<string> {
  const password = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return '';
    throw error;
  });
  if (password.trim() !== '') return password.trim();
  throw new EmbeddedPostgresError(
    'cluster_unusable',
    `${path} is missing or empty, and the database beside it opens with that password alone. ` +
      `Restore the file from a backup.`,
  );
}

/** Makes a random password for a cluster that is about to be made, for its owner's eyes alone. */
export async function writePassword(path: string, account: ServerAccount): Promise<string> {
  const password = randomBytes(32).toString('hex');
  await rm(path, { force: true });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${password}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await giveFile(path, account);
  return password;
}
