import type { Command } from 'commander';
import type { ConnectionOptions } from '../with-daybook.js';
import type { Terminal } from '../terminal.js';

/** What every command that reads takes. */
export interface ReadOptions extends ConnectionOptions {
  readonly json?: boolean;
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
