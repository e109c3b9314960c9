import type { IncomingHttpHeaders } from 'node:http';
import { accountPattern } from '#events';
import { ProblemError } from '../problems/problem.js';

export const idempotencyKeyCharactersMax = 200;

/** Who asks for a decision, and which of their attempts this is. */
export interface Attempt {
  readonly client: string;
  readonly idempotencyKey: string;
}

/** Reads the attempt from the headers; without them a repeat could not be told from a new command. */
export function readAttempt(headers: IncomingHttpHeaders): Attempt {
  const client = headers['daybook-client'];
  if (typeof client !== 'string' || !accountPattern.test(client)) {
    throw new ProblemError({
      code: 'header_missing',
      detail: `Daybook-Client must name the asking account: ${accountPattern.source}.`,
      field: 'Daybook-Client',
    });
  }
  const idempotencyKey = headers['idempotency-key'];
  if (typeof idempotencyKey !== 'string' || !isKey(idempotencyKey)) {
    throw new ProblemError({
      code: 'header_missing',
      detail: `Idempotency-Key must be 1 to ${idempotencyKeyCharactersMax} printable ASCII characters.`,
      field: 'Idempotency-Key',
    });
  }
  return { client, idempotencyKey };
}

function isKey(text: string): boolean {
  return text.length <= idempotencyKeyCharactersMax && /^[\x20-\x7e]+$/.test(text);
}
