import { randomUUID } from 'node:crypto';
import { link, open, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSignerKey, parseSignerKey, type SignerKey } from '#audit';
import { DaybookStartError } from '../composition/start-error.js';
import { systemErrorCode } from '../data-directory/system-error.js';

const keyFileName = 'seal-key';

/** Where the key of seals lies where no other place is configured. */
export function sealKeyFile(dataDirectory: string): string {
  return join(dataDirectory, 'keys', keyFileName);
}

/**
 * The key that a ledger's checkpoints are signed with, made on first need. Its file can be read by
 * its owner alone; it is never written over, and its content is in no message.
 *
 * @param origin the name it signs under
 * @throws DaybookStartError `seal_key_unusable` that names the file and says what to do
 */
export async function loadSealKey(path: string, origin: string): Promise<SignerKey> {
  const key = (await readSealKey(path)) ?? (await makeSealKey(path, origin));
  if (key.verifier.name === origin) return key;
  throw unusable(
    `The key file ${path} signs for ${key.verifier.name}, and this ledger is ${origin}. Name the ledger's own key file with DAYBOOK_SEAL_KEY_FILE.`,
  );
}

/** The key in a file, or undefined where there is no file. */
export async function readSealKey(path: string): Promise<SignerKey | undefined> {
  let text: string;
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) {
      throw unusable(`The key file ${path} can be read by others. Run: chmod 600 ${path}`);
    }
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const key = parseSignerKey(text);
  if ('outcome' in key) throw unusable(`The key file ${path} cannot be used: ${key.message}`);
  return key;
}

/** A whole file or none: it gets its name by a link, which fails where the name is taken. */
async function makeSealKey(path: string, origin: string): Promise<SignerKey> {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${generateSignerKey(origin)}\n`);
    await file.sync();
    await link(draft, path);
  } catch (error) {
    // Another process was first; its key is the one.
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  } finally {
    await file.close();
    await unlink(draft);
  }
  const key = await readSealKey(path);
  if (key === undefined) throw unusable(`The key file ${path} was made and is not there.`);
  return key;
}

function unusable(message: string): DaybookStartError {
  return new DaybookStartError('seal_key_unusable', message);
}
