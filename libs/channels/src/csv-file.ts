import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { refuse, type Refusal } from '#kernel';
import type { FolderRefusalCode } from './channel.js';

/** What keeps a file from being read as one with these columns, or undefined where nothing does. */
export async function csvFault(
  path: string,
  columns: readonly string[],
  advice: string,
): Promise<Refusal<FolderRefusalCode> | undefined> {
  const file = basename(path);
  try {
    await access(path);
  } catch {
    return refuse('file_missing', `${path} is not there. ${advice}`, file);
  }
  const header = new Set(await headerOf(path));
  const missing = columns.filter((column) => !header.has(column));
  return missing.length === 0
    ? undefined
    : refuse('column_missing', `${path} has no column ${missing.join(', ')}.`, file);
}

async function headerOf(path: string): Promise<readonly string[]> {
  const records = pipeline(
    createReadStream(path),
    parse({ bom: true, to: 1 }),
    ignoreBecauseIterationThrows,
  );
  for await (const record of records) return record as string[];
  return [];
}

/**
 * Streams the rows of a CSV file by the names of its columns.
 *
 * @throws Error when the file is no CSV; the message names the line.
 */
export async function* csvRows<Row>(path: string): AsyncGenerator<Row> {
  const records = pipeline(
    createReadStream(path),
    parse({ bom: true, columns: true }),
    ignoreBecauseIterationThrows,
  );
  for await (const record of records) yield record as Row;
}

/** `pipeline` wants a callback; a failure of either stream ends the iteration with its error. */
function ignoreBecauseIterationThrows(): void {}
