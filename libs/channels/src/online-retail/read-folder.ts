import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse, type Refusal } from '#kernel';
import type { FolderRefusalCode, ReadLimits } from '../channel.js';
import { csvFault, csvRows } from '../csv-file.js';
import type { FiledInvoice, OnlineRetailRow } from './rows.js';

const columns = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const satisfies readonly (keyof OnlineRetailRow)[];

const dayFilePattern = /^\d{4}-\d{2}-\d{2}\.csv$/;
const advice = 'Give the folder that holds a file a day, such as 2010-12-01.csv.';

/** The invoices of a folder in order of time, read day by day as they are asked for. */
export interface OnlineRetailFolder {
  readonly outcome: 'opened';
  readonly invoicesTotal: number;
  invoices(): AsyncGenerator<FiledInvoice>;
}

/**
 * Opens a folder of daily CSV files. An invoice lies in the file of its day, whose rows are held in
 * memory while it is read.
 *
 * @throws Error when a file is no CSV; the message names the line.
 */
export async function openOnlineRetailFolder(
  folder: string,
  { daysMax }: ReadLimits = {},
): Promise<OnlineRetailFolder | Refusal<FolderRefusalCode>> {
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) {
    return refuse('file_missing', `${folder} is no folder that can be read. ${advice}`, folder);
  }
  const days = names.filter((name) => dayFilePattern.test(name)).sort();
  if (days.length === 0) {
    return refuse('file_missing', `${folder} holds no file of a day. ${advice}`, 'YYYY-MM-DD.csv');
  }
  const paths = days.slice(0, daysMax).map((name) => join(folder, name));
  for (const path of paths) {
    const fault = await csvFault(path, columns, advice);
    if (fault) return fault;
  }
  let invoicesTotal = 0;
  for (const path of paths) invoicesTotal += (await invoicesOfDay(path)).length;
  return {
    outcome: 'opened',
    invoicesTotal,
    async *invoices() {
      for (const path of paths) yield* await invoicesOfDay(path);
    },
  };
}

/** By the earliest of their rows; where two are alike, as the file has them. */
async function invoicesOfDay(path: string): Promise<readonly FiledInvoice[]> {
  const rowsByNumber = new Map<string, OnlineRetailRow[]>();
  for await (const row of csvRows<OnlineRetailRow>(path)) {
    const rows = rowsByNumber.get(row.InvoiceNo);
    if (rows === undefined) rowsByNumber.set(row.InvoiceNo, [row]);
    else rows.push(row);
  }
  return [...rowsByNumber]
    .map(([number, rows]) => ({ number, rows, firstAt: earliestOf(rows) }))
    .sort((left, right) => compareTexts(left.firstAt, right.firstAt))
    .map(({ number, rows }) => ({ number, rows }));
}

function earliestOf(rows: readonly OnlineRetailRow[]): string {
  return rows.map(({ InvoiceDate }) => InvoiceDate).sort(compareTexts)[0] ?? '';
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
