import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupedBy } from '../fixtures/filed-rows.js';
import { dayFiles, isCredit, kindOf, type RetailInvoice } from '../fixtures/online-retail-files.js';
import type { RetailTie } from '../fixtures/online-retail-ties.js';

const customerStride = 300;
const invoicesOfEachKind = 2;
const customersOfEachRemark = 3;

/** The numbers of invoices of every kind, with all invoices of the customers whose credits matter. */
export function sampleOf(
  invoices: readonly RetailInvoice[],
  ties: readonly RetailTie[],
): ReadonlySet<string> {
  const sample = new Set<string>();
  const keep = (few: readonly RetailInvoice[]) => few.forEach(({ number }) => sample.add(number));
  const short = invoices.toSorted((left, right) => left.rows.length - right.rows.length);
  for (const kind of ['goods', 'gift_card', 'shipping', 'fee', 'discount']) {
    for (const isWanted of [isCredit, (invoice: RetailInvoice) => !isCredit(invoice)]) {
      const ofKind = short.filter(({ rows }) => rows.some((row) => kindOf(row) === kind));
      keep(ofKind.filter(isWanted).slice(0, invoicesOfEachKind));
    }
  }
  for (const isOdd of oddities) keep(short.filter(isOdd).slice(0, invoicesOfEachKind));
  const byCustomer = groupedBy(invoices, ({ customer }) => customer);
  const rowsOf = (customer: string) =>
    (byCustomer.get(customer) ?? []).reduce((sum, { rows }) => sum + rows.length, 0);
  const customers = new Set(
    [...byCustomer.keys()].filter((name) => name !== '' && Number(name) % customerStride === 0),
  );
  for (const [remark, ofRemark] of groupedBy(ties, (tie) => tie.remark)) {
    if (remark === 'credit_unknown_customer') {
      keep(ofRemark.slice(0, customersOfEachRemark).map(({ credit }) => credit));
      continue;
    }
    [...new Set(ofRemark.map(({ credit }) => credit.customer))]
      .sort((left, right) => rowsOf(left) - rowsOf(right))
      .slice(0, customersOfEachRemark)
      .forEach((customer) => customers.add(customer));
  }
  customers.delete('');
  for (const customer of customers) keep(byCustomer.get(customer) ?? []);
  return sample;
}

const oddities: readonly ((invoice: RetailInvoice) => boolean)[] = [
  ({ rows }) => rows.some(({ quantity, pence }) => quantity < 0 && pence === 0n),
  ({ customer, rows }) => customer === '' && rows.every(({ pence }) => pence === 0n),
  ({ customer, rows }) => customer !== '' && rows.some(({ pence }) => pence === 0n),
  ({ rows }) =>
    rows.every(({ pence }) => pence === 0n) && rows.some((row) => kindOf(row) !== 'goods'),
  ({ at, rows }) => at.startsWith('2011-03-28') && rows.length > 1,
];

/** Writes the files again with the rows of these invoices alone; the rows stay as they are. */
export function writeInvoices(folder: string, numbers: ReadonlySet<string>, target: string): void {
  mkdirSync(target);
  for (const name of dayFiles(folder)) {
    // Each row begins with the invoice's number, and none has a line break in a cell.
    const [header = '', ...lines] = readFileSync(join(folder, name), 'utf8').split('\n');
    const kept = lines.filter((line) => numbers.has(line.slice(0, line.indexOf(','))));
    if (kept.length > 0) writeFileSync(join(target, name), `${[header, ...kept].join('\n')}\n`);
  }
}
