import { once } from 'node:events';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Column, Value } from '../contract.js';
import { type Target, quoted } from './identifiers.js';
import type { QueuedStatements } from './statement-set.js';
import { arrayLiteral, copyLine, textOf } from './text-format.js';

/** From here on COPY is faster than one INSERT of arrays. */
const copiedRowsMin = 200;
const copiedCharactersMax = 256 * 1024;

/** The tables do not hold what the engine wrote before: something else has written there. */
export class TablesDifferError extends Error {
  override readonly name = 'TablesDifferError';
}

/** Inserts rows that are known to be absent: behind what is queued, or at once where they are many. */
export async function insertRows(
  statements: QueuedStatements,
  target: Target,
  rows: readonly (readonly Value[])[],
): Promise<void> {
  if (rows.length === 0) return;
  if (rows.length >= copiedRowsMin) {
    await statements.sent();
    return copyRows(statements.client, target, rows);
  }
  const names = target.columns.map((column) => quoted(column.name)).join(', ');
  statements.add({
    name: statementName('insert', target),
    text: `INSERT INTO ${target.name} (${names}) SELECT ${castColumns(target.columns)} FROM ${given(target.columns)}`,
    values: columnArrays(target.columns, rows),
  });
}

/** Replaces rows that are known to be there: TablesDifferError where one is not. */
export function updateRows(
  statements: QueuedStatements,
  target: Target,
  primaryKey: readonly string[],
  rows: readonly (readonly Value[])[],
): void {
  if (rows.length === 0) return;
  const others = target.columns.filter((column) => !primaryKey.includes(column.name));
  const sets = others.map((column) => `${quoted(column.name)} = ${cast(column)}`);
  statements.add({
    name: statementName('update', target),
    text: `UPDATE ${target.name} AS held SET ${sets.join(', ')} FROM ${given(target.columns)} WHERE ${sameKey(target.columns, primaryKey)}`,
    values: columnArrays(target.columns, rows),
    met: (found) => expectRows('update', target, rows.length, found),
  });
}

/** Deletes rows by their keys: TablesDifferError where one is not there. */
export function deleteRows(
  statements: QueuedStatements,
  target: Target,
  primaryKey: readonly string[],
  keys: readonly (readonly Value[])[],
): void {
  if (keys.length === 0) return;
  const columns = keyColumns(target, primaryKey);
  statements.add({
    name: statementName('delete', target),
    text: `DELETE FROM ${target.name} AS held USING ${given(columns)} WHERE ${sameKey(columns, primaryKey)}`,
    values: columnArrays(columns, keys),
    met: (found) => expectRows('delete', target, keys.length, found),
  });
}

/** The columns of a key in the key's order. */
export function keyColumns(target: Target, primaryKey: readonly string[]): readonly Column[] {
  return primaryKey.flatMap((name) => target.columns.filter((column) => column.name === name));
}

/** `unnest` of one array a column, under the columns' names; all of them travel as text. */
export function given(columns: readonly Column[]): string {
  const arrays = columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const names = columns.map((column) => quoted(column.name)).join(', ');
  return `unnest(${arrays}) AS given(${names})`;
}

export function castColumns(columns: readonly Column[]): string {
  return columns.map(cast).join(', ');
}

export function sameKey(columns: readonly Column[], primaryKey: readonly string[]): string {
  return columns
    .filter((column) => primaryKey.includes(column.name))
    .map((column) => `held.${quoted(column.name)} = ${cast(column)}`)
    .join(' AND ');
}

export function columnArrays(
  columns: readonly Column[],
  rows: readonly (readonly Value[])[],
): string[] {
  return columns.map((_, index) => arrayLiteral(rows.map((row) => textOf(row[index] ?? null))));
}

export function statementName(action: string, target: Target): string {
  return `${action} ${target.name}`;
}

function cast(column: Column): string {
  const name = `given.${quoted(column.name)}`;
  return column.type === 'text' ? name : `${name}::${column.type}`;
}

function expectRows(action: string, target: Target, expected: number, found: number): void {
  if (found === expected) return;
  throw new TablesDifferError(
    `To ${action} ${expected} rows of ${target.name} met ${found} of them: something else ` +
      'wrote there. Verify the group, and rebuild it where it differs.',
  );
}

async function copyRows(
  client: ClientBase,
  target: Target,
  rows: readonly (readonly Value[])[],
): Promise<void> {
  const names = target.columns.map((column) => quoted(column.name)).join(', ');
  const stream = client.query(copyFrom(`COPY ${target.name} (${names}) FROM STDIN`));
  // What is unsent when a row is refused must stay so: the stream has let go of its connection.
  stream.once('error', () => stream.destroy());
  const finished = once(stream, 'finish');
  let lines: string[] = [];
  let characters = 0;
  for (const row of rows) {
    const line = copyLine(row);
    lines.push(line);
    characters += line.length;
    if (characters > copiedCharactersMax) {
      stream.write(lines.join(''));
      lines = [];
      characters = 0;
    }
  }
  stream.end(lines.join(''));
  await finished;
}
