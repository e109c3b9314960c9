import { messageOf } from '../composition/start-error.js';
import { exitCodes } from './exit-codes.js';

/** One line about an error that nothing expects; where it happened only for who asks for it. */
export function internalErrorText(error: unknown): string {
  const isDebugging = (process.env['DAYBOOK_DEBUG'] ?? '') !== '';
  if (isDebugging && error instanceof Error) return error.stack ?? error.message;
  const [message = ''] = messageOf(error).split('\n');
  return `An error of Daybook itself: ${message} (DAYBOOK_DEBUG=1 shows where).`;
}

/** For what is thrown where nobody waits for it: Node would end with 1, which says something else. */
export function endOnInternalError(error: unknown): never {
  process.stderr.write(`${internalErrorText(error)}\n`);
  process.exit(exitCodes.internalError);
}
