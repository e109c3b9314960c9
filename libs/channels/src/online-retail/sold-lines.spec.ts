import { describe, expect, it } from 'vitest';
import type { OnlineRetailInvoice, OnlineRetailLine } from './rows.js';
import { SoldLines } from './sold-lines.js';

const day = (date: string): string => `2010-12-${date}T10:00:00+00:00`;

function row(quantity: number, changes: Partial<OnlineRetailLine> = {}): OnlineRetailLine {
  return {
    line: '1',
    stockCode: '85123A',
    kind: 'goods',
    description: '',
    quantity,
    unitPrice: '2.55',
    unitMinor: 255,
    ...changes,
  };
}

function invoice(number: string, at: string, customer: string | null = '17850') {
  const head: OnlineRetailInvoice = {
    number,
    isCredit: number.startsWith('C'),
    at,
    customer,
    country: 'United Kingdom',
    lines: [],
  };
  return head;
}

function soldOn(sales: readonly (readonly [string, string, number])[]): SoldLines {
  const sold = new SoldLines();
  for (const [number, at, quantity] of sales) sold.add(invoice(number, at), [row(quantity)]);
  return sold;
}

const credit = invoice('C9', day('09'));
const tiedTo = (number: string) => ({
  outcome: 'tied',
  original: { invoice: number, line: '1' },
});
const untied = (why: string) => ({ outcome: 'untied', why });

describe('credited goods', () => {
  it('are tied to the one sale they can be of', () => {
    expect(soldOn([['1', day('01'), 6]]).take(credit, row(-2))).toEqual(tiedTo('1'));
  });

  it('are untied where several sales fit', () => {
    const sold = soldOn([
      ['1', day('01'), 6],
      ['2', day('02'), 8],
    ]);
    expect(sold.take(credit, row(-2))).toEqual(untied('several_originals'));
  });

  it('are tied among several to the only one whose whole quantity comes back', () => {
    const sold = soldOn([
      ['1', day('01'), 6],
      ['2', day('02'), 8],
    ]);
    expect(sold.take(credit, row(-6))).toEqual(tiedTo('1'));
  });

  it('are untied where two whole quantities fit', () => {
    const sold = soldOn([
      ['1', day('01'), 6],
      ['2', day('02'), 6],
    ]);
    expect(sold.take(credit, row(-6))).toEqual(untied('several_originals'));
  });

  it('take units that are not there for the next', () => {
    const sold = soldOn([['1', day('01'), 6]]);
    expect(sold.take(credit, row(-4))).toEqual(tiedTo('1'));
    expect(sold.take(credit, row(-3))).toEqual(untied('no_original'));
    expect(sold.take(credit, row(-2))).toEqual(tiedTo('1'));
  });

  it.each([
    ['another code', row(-2, { stockCode: '71053' })],
    ['another price', row(-2, { unitMinor: 256 })],
    ['more units', row(-7)],
  ])('of %s are of no sale', (_words, line) => {
    expect(soldOn([['1', day('01'), 6]]).take(credit, line)).toEqual(untied('no_original'));
  });

  it('are of no sale of another customer, of the same minute or later', () => {
    const sold = soldOn([['1', day('09'), 6]]);
    sold.add(invoice('2', day('01'), '17851'), [row(6)]);
    expect(sold.take(credit, row(-2))).toEqual(untied('no_original'));
  });

  it('of nobody known are tied to nothing, whoever else is unknown', () => {
    const sold = new SoldLines();
    sold.add(invoice('1', day('01'), null), [row(6)]);
    expect(sold.take(invoice('C9', day('09'), null), row(-6))).toEqual(untied('unknown_customer'));
  });

  it('are never tied to a line that is no goods', () => {
    const sold = new SoldLines();
    sold.add(invoice('1', day('01')), [row(6, { kind: 'shipping' })]);
    expect(sold.take(credit, row(-6))).toEqual(untied('no_original'));
  });
});
