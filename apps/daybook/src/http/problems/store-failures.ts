import { DatabaseError } from 'pg';
import { EventStoreUnavailableError } from '#event-store';
import type { ProblemCode } from './problem-registry.js';

/** SQLSTATE of a query the server ended because it took too long. */
const queryCancelled = '57014';
const undefinedTable = '42P01';
const undefinedSchema = '3F000';
/** Classes of SQLSTATE that say nothing of the query: connection, resources, operator, system. */
const unavailableClasses = new Set(['08', '53', '57', '58']);
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** The `pg` driver gives these errors no code. */
const driverMessages = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
  'Cannot use a pool after calling end on the pool',
];

/** The problem that a failing store comes to, or undefined where the error is no store's. */
export function storeProblemOf(error: unknown): ProblemCode | undefined {
  if (error instanceof EventStoreUnavailableError) return 'event_store_unavailable';
  if (error instanceof DatabaseError) return databaseProblemOf(error.code ?? '');
  if (error instanceof AggregateError) return storeProblemOf(error.errors[0]);
  if (!(error instanceof Error)) return undefined;
  const isNetworkFailure =
    'syscall' in error && 'code' in error && networkCodes.has(String(error.code));
  const isDriverFailure = driverMessages.some((message) => error.message.includes(message));
  return isNetworkFailure || isDriverFailure ? 'database_unavailable' : undefined;
}

function databaseProblemOf(sqlState: string): ProblemCode | undefined {
  if (sqlState === queryCancelled) return 'query_too_slow';
  if (sqlState === undefinedTable || sqlState === undefinedSchema) return 'read_models_not_ready';
  return unavailableClasses.has(sqlState.slice(0, 2)) ? 'database_unavailable' : undefined;
}
