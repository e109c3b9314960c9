import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDaybook, startRunningDaybook } from '../doubles/running-daybook.js';
import { startTemporaryPostgres, type TemporaryPostgres } from '../doubles/temporary-postgres.js';
import {
  figuresOf,
  findingsByCode,
  ordersByStatus,
  remarksOf,
} from '../fixtures/online-retail-figures.js';
import { readRetailInvoices, type RetailInvoice } from '../fixtures/online-retail-files.js';
import { type RetailTie, tieCredits } from '../fixtures/online-retail-ties.js';
import { answerOf, runDaybook } from './command-line.js';
import { sampleOf, writeInvoices } from './online-retail-sample.js';
import { figuresOfTables } from './online-retail-tables.js';
import { RecordedTables } from './recorded-tables.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const wholeFolder = join(import.meta.dirname, '../../../shared/data/online-retail');
const hasData = existsSync(join(wholeFolder, '2010-12-01.csv'));
if (!hasData) console.warn(`Skipped: ${wholeFolder} with the Online Retail files is absent.`);

interface ImportAnswer {
  readonly documentsRead: number;
  readonly deliveries: {
    readonly recorded: number;
    readonly repeated: number;
    readonly faults: readonly object[];
  };
  readonly remarks: Readonly<Record<string, number>>;
  readonly unreadable: readonly object[];
}

interface Statistics {
  readonly ordersByStatus: Readonly<Record<string, string>>;
  readonly findingsByCode: Readonly<Record<string, string>>;
}

const texts = (counts: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => [name, `${count}`]),
  );

describe.skipIf(!hasData)('the invoices of Online Retail, imported', () => {
  let invoices: readonly RetailInvoice[];
  let ties: readonly RetailTie[];
  let kindsOfRemark: readonly string[];
  let folder: string;
  let temporary: string;
  let postgres: TemporaryPostgres;
  let tables: RecordedTables;
  let daybook: RunningDaybook;
  let imported: ImportAnswer;
  let statistics: Statistics;

  const importing = () =>
    answerOf(['import', 'online-retail', folder, '--url', daybook.url]) as Promise<ImportAnswer>;

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'daybook-retail-'));
    const whole = readRetailInvoices(wholeFolder);
    folder = deep ? wholeFolder : join(temporary, 'sample');
    const wholeTies = tieCredits(whole);
    kindsOfRemark = Object.keys(remarksOf(whole, wholeTies));
    if (!deep) writeInvoices(wholeFolder, sampleOf(whole, wholeTies), folder);
    invoices = deep ? whole : readRetailInvoices(folder);
    ties = deep ? wholeTies : tieCredits(invoices);
    postgres = await startTemporaryPostgres();
    daybook = await startRunningDaybook({
      environment: { DATABASE_URL: postgres.connectionString },
    });
    tables = new RecordedTables(postgres.connectionString);
    imported = await importing();
    statistics = (await answerOf(['stats', '--url', daybook.url])) as Statistics;
  }, 3_600_000);
  afterAll(async () => {
    await tables?.close();
    await daybook?.stop();
    await postgres?.stop();
    await rm(temporary, { recursive: true, force: true });
  });

  it('are of every kind, and all recorded', () => {
    const remarked = remarksOf(invoices, ties);
    expect(new Set(Object.keys(remarked))).toEqual(new Set(kindsOfRemark));
    expect(imported).toMatchObject({
      documentsRead: invoices.length,
      deliveries: { quarantined: 0, refused: 0, repeated: 0, faults: [] },
      unreadable: [],
      remarks: remarked,
    });
  });

  it('have the events, lines, days, cancelled and adjusted units that the files prove', async () => {
    expect(await figuresOfTables(tables)).toEqual(figuresOf(invoices, ties));
  });

  it('stand as captured, or as cancelled where all goods came back', () => {
    expect(statistics.ordersByStatus).toEqual(
      texts(ordersByStatus(invoices, figuresOf(invoices, ties))),
    );
  });

  it('show what is odd about the files as findings, and nothing else', () => {
    expect(statistics.findingsByCode).toEqual(texts(findingsByCode(invoices, ties)));
  });

  it.runIf(deep)('are recorded once: a second import records nothing', async () => {
    const again = await importing();
    expect(again.deliveries.recorded).toBe(0);
    expect(again.deliveries.repeated).toBe(imported.deliveries.recorded);
    expect(again.remarks).toEqual(imported.remarks);
  });

  it.runIf(deep)('verify', async () => {
    const verified = await runDaybook(['verify', '--full', '--data', daybook.dataDirectory]);
    expect(verified.output).toContain('No difference.');
    expect(verified.exitCode).toBe(0);
  });
});
