import { EventStoreUnavailableError } from '#event-store';

/** SQLSTATE classes and codes after which the same work may succeed on a new connection. */
const passingStates = [/^08/, /^25P03$/, /^53/, /^57P0/, /^40001$/, /^40P01$/, /^55P03$/];

const systemErrors: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);

/** The driver's own errors about a lost connection have no code. */
const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded)/i;

/** True where an error says that a database or store cannot be reached now, and nothing else. */
export function isOutage(error: unknown): boolean {
  if (error instanceof EventStoreUnavailableError) return true;
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isOutage);
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') {
    return systemErrors.has(code) || passingStates.some((state) => state.test(code));
  }
  return lostConnection.test(error.message);
}
