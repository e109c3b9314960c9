import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { channels, type FactDelivery } from '#channels';
import { readFact } from '#events';
import { figuresOf, remarksOf, sumsOf } from '../fixtures/online-retail-figures.js';
import { isSale, readRetailInvoices, type RetailInvoice } from '../fixtures/online-retail-files.js';
import { type RetailTie, tieCredits } from '../fixtures/online-retail-ties.js';
import { figuresOfDeliveries } from '../fixtures/retail-delivery-figures.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const daysMax = deep ? undefined : 3;
const folder = join(import.meta.dirname, '../../../shared/data/online-retail');
const hasData = existsSync(join(folder, '2010-12-01.csv'));
if (!hasData) console.warn(`Skipped: ${folder} with the Online Retail files is absent.`);

async function translated(days = daysMax) {
  const channel = channels.find(({ name }) => name === 'online-retail');
  const opened = await channel?.open(folder, { daysMax: days });
  if (opened?.outcome !== 'opened') throw new Error(opened?.message);
  const deliveries: FactDelivery[] = [];
  const remarks: string[] = [];
  const refused: string[] = [];
  for await (const translation of opened.translations()) {
    if (translation.outcome === 'refused') refused.push(translation.message);
    else {
      deliveries.push(...translation.deliveries);
      remarks.push(...(translation.remarks ?? []));
    }
  }
  return { deliveries, remarks, refused, documentsTotal: opened.documentsTotal };
}

describe.skipIf(!hasData)('the invoices of Online Retail, translated', () => {
  let invoices: readonly RetailInvoice[];
  let ties: readonly RetailTie[];
  let found: Awaited<ReturnType<typeof translated>>;
  beforeAll(async () => {
    invoices = readRetailInvoices(folder, daysMax);
    ties = tieCredits(invoices);
    found = await translated();
  });

  it('are all read, and none is left out', () => {
    expect(found.documentsTotal).toBe(invoices.length);
    expect(found.refused).toEqual([]);
  });

  it('give the facts, lines, days, cancelled and adjusted units that the files prove', () => {
    const expected = figuresOf(invoices, ties);
    expect(figuresOfDeliveries(found.deliveries)).toEqual(expected);
    expect(expected.orderLinesByKind['goods']?.lines).toBeGreaterThan(1_000);
    expect(Object.keys(expected.cancelledUnits).length).toBeGreaterThan(5);
  });

  it('tie the credits that the rule ties, and say of each other why not', () => {
    expect(sumsOf(found.remarks.map((remark) => [remark, 1]))).toEqual(remarksOf(invoices, ties));
  });

  it('never cancel more of a line than was sold', () => {
    const sold = new Map<string, number>(
      invoices
        .filter(isSale)
        .flatMap(({ number, rows }) =>
          rows.map(({ place, quantity }) => [`${number}/${place}`, quantity] as const),
        ),
    );
    const { cancelledUnits } = figuresOfDeliveries(found.deliveries);
    const beyond = Object.entries(cancelledUnits).filter(
      ([line, units]) => units > (sold.get(line) ?? 0),
    );
    expect(beyond).toEqual([]);
  });

  it('are facts that the ledger understands, each with an id of its own', () => {
    const ids = new Set(found.deliveries.map(({ id }) => id));
    expect(ids.size).toBe(found.deliveries.length);
    const refused = found.deliveries
      .map((delivery) => readFact(delivery, { zoneOf: () => undefined }))
      .filter(({ outcome }) => outcome !== 'understood');
    expect(refused).toEqual([]);
  });

  it('give the same facts where more days follow', async () => {
    const first = await translated(2);
    expect(found.deliveries.slice(0, first.deliveries.length)).toEqual(first.deliveries);
  });
});
