import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOnlineRetailFolder } from './read-folder.js';

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const rowOf = (invoice: string, at: string): string =>
  `${invoice},22632,"HAND WARMER, ""RED""",6,2010-12-${at}:00,1.85,17850.0,United Kingdom`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daybook-retail-'));
});
afterEach(() => rm(folder, { recursive: true }));

const writeDay = (date: string, ...rows: readonly string[]) =>
  writeFile(join(folder, `2010-12-${date}.csv`), [header, ...rows, ''].join('\n'));

async function numbersOf(daysMax?: number): Promise<readonly string[]> {
  const opened = await openOnlineRetailFolder(folder, { daysMax });
  if (opened.outcome !== 'opened') throw new Error(opened.message);
  const numbers: string[] = [];
  for await (const { number, rows } of opened.invoices()) numbers.push(`${number}:${rows.length}`);
  expect(numbers.length).toBe(opened.invoicesTotal);
  return numbers;
}

describe('a folder of daily files', () => {
  it('that is not there is said to be none, not one without days', async () => {
    const absent = join(folder, 'absent');
    const opened = await openOnlineRetailFolder(absent);
    expect(opened).toMatchObject({
      code: 'file_missing',
      message: expect.stringContaining(`${absent} is no folder that can be read.`) as unknown,
    });
  });

  it('gives the invoices of each day in order of time, with all of their rows', async () => {
    await writeDay('02', rowOf('30', '02 07:00'));
    await writeDay('01', rowOf('20', '01 09:01'), rowOf('10', '01 08:00'), rowOf('20', '01 09:00'));
    await writeFile(join(folder, 'notes.csv'), 'no day');
    expect(await numbersOf()).toEqual(['10:1', '20:2', '30:1']);
  });

  it('is read no further than the days asked for', async () => {
    await writeDay('01', rowOf('10', '01 08:00'));
    await writeDay('02', rowOf('20', '02 08:00'));
    expect(await numbersOf(1)).toEqual(['10:1']);
  });

  it('without any is refused, as is one that is not there', async () => {
    for (const path of [folder, join(folder, 'nowhere')]) {
      expect(await openOnlineRetailFolder(path)).toMatchObject({ code: 'file_missing' });
    }
  });

  it('says which column is missing', async () => {
    await writeFile(join(folder, '2010-12-01.csv'), `${header.replace(',Country', '')}\n`);
    expect(await openOnlineRetailFolder(folder)).toMatchObject({
      code: 'column_missing',
      message: expect.stringContaining('Country') as string,
    });
  });
});
