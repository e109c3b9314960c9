import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from './system-error.js';
import { isStillRunning, ownIdentity, type ProcessIdentity } from './process-identity.js';

const attemptsMax = 20;
const claimPrefix = 'claim-';

/** What a file in the lock folder says. */
interface LockRecord extends ProcessIdentity {
  readonly state: 'held' | 'released';
  /** UTC instant, for the reader of a refusal. */
  readonly since: string;
}

export type LockOutcome =
  | { readonly outcome: 'acquired'; release(): Promise<void> }
  | { readonly outcome: 'held'; readonly message: string };

/**
 * Takes the lock that a folder stands for. Each holding is a file named by its number; the
 * highest number counts. It is created with its content in one step (`link`), so of two racing
 * starters one gets the number and the other reads who has it. The highest file is never removed,
 * only replaced by one that says `released`: numbers never repeat, and so nobody can act on what
 * he read before somebody else's turn. A holding whose process has ended counts as released.
 *
 * It guards against processes of the same machine and container, which alone can be looked up.
 */
export async function acquireLock(folder: string): Promise<LockOutcome> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const numbers = await heldNumbers(folder);
    const last = numbers.at(-1) ?? 0;
    if (last > 0) {
      const record = await readRecord(join(folder, String(last)));
      if (record === 'vanished') continue;
      if (record === 'unreadable') return unreadable(join(folder, String(last)));
      if (record.state === 'held' && (await isStillRunning(record))) return held(folder, record);
    }
    const next = last + 1;
    if (!(await createRecord(folder, next))) continue;
    // Somebody may have gone on from here and cleared our number away before we took it.
    const numbersNow = await heldNumbers(folder);
    if (numbersNow.at(-1) !== next) {
      await rm(join(folder, String(next)), { force: true });
      continue;
    }
    await clearEarlier(folder, next);
    return { outcome: 'acquired', release: () => releaseRecord(folder, next) };
  }
  return {
    outcome: 'held',
    message: `Other processes keep taking the lock ${folder}. Start one at a time.`,
  };
}

async function heldNumbers(folder: string): Promise<readonly number[]> {
  const entries = await readdir(folder);
  return entries
    .filter((entry) => /^[1-9]\d{0,14}$/.test(entry))
    .map(Number)
    .sort((left, right) => left - right);
}

async function createRecord(folder: string, number: number): Promise<boolean> {
  const claim = await writeClaim(folder, 'held');
  try {
    await link(claim, join(folder, String(number)));
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(claim, { force: true });
  }
}

async function releaseRecord(folder: string, number: number): Promise<void> {
  await rename(await writeClaim(folder, 'released'), join(folder, String(number)));
}

async function writeClaim(folder: string, state: LockRecord['state']): Promise<string> {
  const record: LockRecord = {
    state,
    since: new Date().toISOString(),
    ...(await ownIdentity()),
  };
  const path = join(folder, `${claimPrefix}${randomBytes(8).toString('hex')}`);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(record)}\n`);
    // Without this, a power cut could leave a lock file with nothing in it.
    await file.sync();
  } finally {
    await file.close();
  }
  return path;
}

async function readRecord(path: string): Promise<LockRecord | 'vanished' | 'unreadable'> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return 'vanished';
    throw error;
  }
  try {
    const record: unknown = JSON.parse(text);
    return isLockRecord(record) ? record : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

function isLockRecord(value: unknown): value is LockRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { state, since, processId, processStart } = value as Record<string, unknown>;
  return (
    (state === 'held' || state === 'released') &&
    typeof since === 'string' &&
    Number.isSafeInteger(processId) &&
    (processStart === null || typeof processStart === 'string')
  );
}

/** Removes earlier holdings, and claims that a process wrote just before it was killed. */
async function clearEarlier(folder: string, number: number): Promise<void> {
  for (const earlier of await heldNumbers(folder)) {
    if (earlier < number) await rm(join(folder, String(earlier)), { force: true });
  }
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(claimPrefix)) continue;
    const record = await readRecord(join(folder, entry));
    if (typeof record === 'string' || (await isStillRunning(record))) continue;
    await rm(join(folder, entry), { force: true });
  }
}

function held(folder: string, { processId, since }: LockRecord): LockOutcome {
  return {
    outcome: 'held',
    message:
      `Process ${processId} has held the lock ${folder} since ${since}. ` +
      `Stop that process, or choose another data directory.`,
  };
}

function unreadable(path: string): LockOutcome {
  return {
    outcome: 'held',
    message:
      `The lock file ${path} cannot be understood. ` +
      `Make sure that no process uses the data directory, then delete the file.`,
  };
}
