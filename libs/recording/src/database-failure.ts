import { type Unavailable, unavailable } from './stream-outcome.js';

const unreachableCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  // PostgreSQL's "shutting down", "crashed" and "starting up".
  '57P01',
  '57P02',
  '57P03',
]);

/** SQLSTATE classes: connection exception, and insufficient resources (disk, memory, connections). */
const unreachableClasses = /^(08|53)...$/;
/** The driver's own words where it has no code. */
const unreachableWords =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end/;

/** True where the database could not be asked, false where it answered that the question is wrong. */
export function isDatabaseUnreachable(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnreachable);
  const code = 'code' in error ? String(error.code) : '';
  return (
    unreachableCodes.has(code) ||
    unreachableClasses.test(code) ||
    unreachableWords.test(error.message)
  );
}

/** SQLSTATE `disk_full`. */
const diskFull = '53100';

/** What is answered while the database cannot be asked, or has no room to keep anything. */
export function databaseUnavailable(error: Error): Unavailable {
  if (!('code' in error) || error.code !== diskFull) {
    return unavailable('evidence_store_unavailable', error.message);
  }
  const message = 'The disk that holds PostgreSQL is full; nothing was accepted.';
  return unavailable('evidence_store_full', message);
}

/** SQLSTATE of the trigger that takes no key under a key-encryption key that was replaced. */
const generationRetired = 'DBKEY';

/** True where the key-encryption key was replaced between sealing and keeping: to be sealed again. */
export function isKeyGenerationRetired(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === generationRetired;
}
