import { type Command, InvalidArgumentError } from 'commander';
import { readMoment } from '../../http/requests/read-moment.js';
import { wholeNumberFrom } from '../whole-number.js';
import type { ConnectionOptions } from '../with-daybook.js';
import type { Terminal } from '../terminal.js';

/** What every command that reads takes. */
export interface ReadOptions extends ConnectionOptions {
  readonly json?: boolean;
}

/** What commands take that can tell the past. */
export interface PastOptions extends ReadOptions {
  readonly at?: string;
}

export const dataDescription = 'the data directory (default: $DAYBOOK_DATA, then .daybook)';

export function withConnection(command: Command): Command {
  return command
    .option('--data <directory>', dataDescription)
    .option('--url <address>', 'a running Daybook, such as http://127.0.0.1:2850');
}

export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON, as the API answers it');
}

const rowsDefault = 100;

/** Adds how many rows of a list are wanted. */
export function withLimit(command: Command): Command {
  return command.option('--limit <rows>', 'at most so many rows', wholeNumberFrom(1), rowsDefault);
}

/** Adds the moment whose state is asked for. */
export function withMoment(command: Command): Command {
  return command.option(
    '--at <moment>',
    'as recorded by then: after the event of a sequence, or by an RFC 3339 instant such as 2026-03-01T09:00:00Z',
    momentText,
  );
}

function momentText(text: string): string {
  if (readMoment(text) !== undefined) return text;
  throw new InvalidArgumentError(
    'Give a sequence such as 1042, or an instant with its offset such as 2026-03-01T09:00:00Z.',
  );
}

/** Prints an answer for people, or as JSON for programs. */
export function printAnswer(
  terminal: Terminal,
  { json = false }: Pick<ReadOptions, 'json'>,
  answer: unknown,
  view: () => readonly string[],
): void {
  if (json) terminal.print(JSON.stringify(answer, writable, 2));
  else for (const line of view()) terminal.print(line);
}

/** Positions in the store outgrow what a JSON number holds exactly: they are strings of digits. */
function writable(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
