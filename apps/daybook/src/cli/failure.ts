import { CsvError } from 'csv-parse';
import { BackupRefused } from '../backup/refusal.js';
import { DaybookStartError } from '../composition/start-error.js';
import { ApiProblem, ApiUnreachable } from './api/api-problem.js';
import { CommandFailure, exitCodes, type ExitCode } from './exit-codes.js';
import { internalErrorText } from './internal-error.js';

/** Why a command ended otherwise than it should have. */
export interface Failure {
  /** What a program may go by; it does not change with the words of the message. */
  readonly code: string;
  readonly message: string;
  readonly exitCode: ExitCode;
  /** What the API answered, where it was the API that refused (RFC 9457). */
  readonly problem?: Readonly<Record<string, unknown>>;
}

/** Reasons not to start that the user of the command can remove. */
const startErrorsOfUse: ReadonlySet<string> = new Set([
  'configuration_invalid',
  'nothing_to_verify',
  'seal_place_missing',
  'seal_target_refused',
  'seal_unreadable',
  'verifier_key_invalid',
  'nothing_to_back_up',
  'nothing_served',
  'nothing_to_project',
  'data_directory_not_empty',
]);

/** What an error says to whoever gave the command. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandFailure) {
    const { code, message, exitCode } = error;
    return { code, message, exitCode };
  }
  if (error instanceof BackupRefused) {
    return { code: error.code, message: error.message, exitCode: exitCodes.usage };
  }
  if (error instanceof DaybookStartError) {
    const { code, message } = error;
    const isMisuse = startErrorsOfUse.has(code);
    return { code, message, exitCode: isMisuse ? exitCodes.usage : exitCodes.unavailable };
  }
  if (error instanceof ApiProblem) {
    const { code, message, status, body: problem } = error;
    const exitCode = status < 500 ? exitCodes.usage : exitCodes.unavailable;
    return { code, message: `${code}: ${message}`, exitCode, problem };
  }
  if (error instanceof CsvError) {
    const message = `A file is no CSV: ${error.message}.`;
    return { code: 'file_not_csv', message, exitCode: exitCodes.usage };
  }
  if (error instanceof ApiUnreachable) {
    const { message } = error;
    return { code: 'not_reachable', message, exitCode: exitCodes.unavailable };
  }
  const message = internalErrorText(error);
  return { code: 'internal_error', message, exitCode: exitCodes.internalError };
}

/** A failure in one line: of words, or of JSON where the answer would have been JSON. */
export function failureLine(failure: Failure, isJson: boolean): string {
  return isJson ? JSON.stringify(failure) : failure.message;
}
