import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFact } from '#events';
import type { TranslatedDocument } from '../channel.js';
import type { OnlineRetailRow } from './rows.js';
import { SoldLines } from './sold-lines.js';
import { translateInvoice } from './translate-invoice.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const goods: OnlineRetailRow = {
  InvoiceNo: '536365',
  StockCode: '85123A',
  Description: 'WHITE HANGING HEART T-LIGHT HOLDER',
  Quantity: '6',
  InvoiceDate: '2010-12-01 08:26:00',
  UnitPrice: '2.55',
  CustomerID: '17850.0',
  Country: 'United Kingdom',
};

function invoiceOf(number: string, ...rows: readonly Partial<OnlineRetailRow>[]) {
  return { number, rows: rows.map((row) => ({ ...goods, ...row, InvoiceNo: number })) };
}

function translated(
  invoice: ReturnType<typeof invoiceOf>,
  sold = new SoldLines(),
): TranslatedDocument {
  const translation = translateInvoice(invoice, sold);
  if (translation.outcome === 'refused') throw new Error(translation.message);
  return translation;
}

const typesOf = ({ deliveries }: TranslatedDocument) => deliveries.map(({ type }) => type);
const later = { InvoiceDate: '2010-12-02 09:00:00' };

describe('an invoice of sale', () => {
  it('is an order and its invoice, at the minute of its earliest row', () => {
    const { deliveries } = translated(
      invoiceOf('536365', { InvoiceDate: '2010-12-01 08:27:00' }, { StockCode: '71053' }),
    );
    expect(deliveries).toMatchObject([
      {
        id: '536365/order-captured',
        source: 'online_retail',
        type: 'OrderCaptured',
        objectid: '536365',
        time: '2010-12-01T08:26:00+00:00',
        precision: 'minute',
        data: {
          legalEntity: 'online_retail_gb',
          currency: 'GBP',
          debtor: { kind: 'customer', id: '17850' },
          lines: [
            {
              line: '1',
              kind: 'goods',
              sku: '85123A',
              qty: 6,
              gross: { minor: 1530, currency: 'GBP' },
              unitPrice: { decimal: '2.55', currency: 'GBP' },
              taxes: [],
            },
            { line: '2', sku: '71053' },
          ],
          customer: { addresses: [{ country: 'United Kingdom' }] },
        },
      },
      {
        id: '536365/invoice-issued',
        type: 'InvoiceIssued',
        data: {
          total: { minor: 3060, currency: 'GBP' },
          lines: [{ line: '1', order: 'order-online_retail:536365', orderLine: '1', qty: 6 }, {}],
        },
      },
    ]);
  });

  it('reads times with the offset that the zone had then', () => {
    const [order] = translated(invoiceOf('1', { InvoiceDate: '2011-03-28 10:00:00' })).deliveries;
    expect(order?.time).toBe('2011-03-28T10:00:00+01:00');
  });

  it('has a line for every row, also where two are equal', () => {
    const [order] = translated(invoiceOf('536365', {}, {})).deliveries;
    expect(order?.data).toMatchObject({ lines: [{ line: '1' }, { line: '2' }] });
  });

  it.each([
    ['POST', 'shipping'],
    ['DOT', 'shipping'],
    ['C2', 'shipping'],
    ['BANK CHARGES', 'fee'],
    ['AMAZONFEE', 'fee'],
    ['M', 'fee'],
    ['gift_0001_40', 'gift_card'],
    ['DCGSSBOY', 'goods'],
    ['15056bl', 'goods'],
  ])('has a line of %s that is %s', (StockCode, kind) => {
    const [order] = translated(invoiceOf('536365', { StockCode })).deliveries;
    expect(order?.data).toMatchObject({ lines: [{ kind }] });
  });

  it('of nobody known has a debtor of its own', () => {
    const [order] = translated(invoiceOf('536544', { CustomerID: '' })).deliveries;
    expect(order?.data).toMatchObject({ debtor: { kind: 'customer', id: 'unknown-536544' } });
  });

  it('keeps what a known customer got for nothing', () => {
    const [order] = translated(invoiceOf('541109', { UnitPrice: '0.0' })).deliveries;
    expect(order?.data).toMatchObject({ lines: [{ gross: { minor: 0 } }] });
  });
});

describe('stock put right by an invoice', () => {
  const unpaid = { UnitPrice: '0.0', CustomerID: '' };

  it.each([
    ['gone', '-10', 'thrown away', 'thrown away'],
    ['found', '56', '', 'not told'],
  ])('is an adjustment of what is %s, and no order', (_words, Quantity, Description, reason) => {
    const { deliveries } = translated(invoiceOf('536589', { ...unpaid, Quantity, Description }));
    expect(deliveries).toMatchObject([
      {
        id: '536589/stock-adjusted-1',
        type: 'StockAdjusted',
        sku: '85123A',
        node: 'online_retail',
        data: { delta: Number(Quantity), adjustment: '536589', line: '1', reason },
      },
    ]);
  });

  it('goes beside what was sold on the same invoice', () => {
    const { deliveries } = translated(
      invoiceOf('536589', {}, { UnitPrice: '0.0', Quantity: '-2', StockCode: '71053' }),
    );
    expect(deliveries.map(({ type }) => type)).toEqual([
      'OrderCaptured',
      'InvoiceIssued',
      'StockAdjusted',
    ]);
    expect(deliveries[0]?.data).toMatchObject({ lines: [{ line: '1', sku: '85123A' }] });
  });

  it('of what is no goods tells nothing but a remark', () => {
    const found = translated(invoiceOf('540699', { ...unpaid, StockCode: 'POST' }));
    expect(found).toMatchObject({ deliveries: [], remarks: ['stock_of_no_goods'] });
  });
});

describe('a credit', () => {
  it('of goods that were sold cancels their units', () => {
    const sold = new SoldLines();
    translated(invoiceOf('536365', { StockCode: '71053' }, {}), sold);
    const { deliveries, remarks } = translated(
      invoiceOf('C536379', { ...later, Quantity: '-4' }),
      sold,
    );
    expect(deliveries).toMatchObject([
      {
        id: 'C536379/credit-memo-issued',
        type: 'CreditMemoIssued',
        objectid: 'C536379',
        data: {
          total: { minor: 1020 },
          lines: [
            {
              kind: 'goods',
              sku: '85123A',
              qty: 4,
              net: { minor: 1020 },
              order: 'order-online_retail:536365',
              orderLine: '2',
            },
          ],
        },
      },
      {
        id: 'C536379/order-line-cancelled-536365-2',
        type: 'OrderLineCancelled',
        objectid: '536365',
        data: { line: '2', qty: 4, cancellation: 'C536379' },
      },
    ]);
    expect(remarks).toEqual(['credit_tied']);
  });

  it('whose rows take back one line twice is one cancellation of it', () => {
    const sold = new SoldLines();
    translated(invoiceOf('536365', {}), sold);
    const { deliveries } = translated(
      invoiceOf('C1', { ...later, Quantity: '-1' }, { ...later, Quantity: '-2' }),
      sold,
    );
    const cancelled = deliveries.filter(({ type }) => type === 'OrderLineCancelled');
    expect(cancelled).toMatchObject([{ data: { line: '1', qty: 3 } }]);
  });

  it('of what nobody is known to have bought names no order', () => {
    const found = translated(invoiceOf('C1', { Quantity: '-1' }));
    expect(typesOf(found)).toEqual(['CreditMemoIssued']);
    expect(found.deliveries[0]?.data).not.toHaveProperty('lines.0.order');
    expect(found.remarks).toEqual(['credit_no_original']);
  });

  it.each([
    ['D', 'discount'],
    ['M', 'fee'],
    ['S', 'fee'],
    ['POST', 'shipping'],
  ])('of %s is a line of the kind %s and cancels nothing', (StockCode, kind) => {
    const sold = new SoldLines();
    if (kind !== 'discount') translated(invoiceOf('536365', { StockCode }), sold);
    const found = translated(invoiceOf('C1', { ...later, StockCode, Quantity: '-1' }), sold);
    expect(typesOf(found)).toEqual(['CreditMemoIssued']);
    expect(found.deliveries[0]?.data).toMatchObject({ lines: [{ kind }] });
    expect(found.remarks).toEqual(['credit_of_no_goods']);
  });
});

describe('rows that cannot be read', () => {
  it.each([
    ['number_unreadable', invoiceOf('A563185', {})],
    ['number_unreadable', invoiceOf('536365')],
    ['customers_mixed', invoiceOf('536365', {}, { CustomerID: '17851.0' })],
    ['customer_unreadable', invoiceOf('536365', { CustomerID: 'Smith' })],
    ['time_unreadable', invoiceOf('536365', { InvoiceDate: '2010-02-31 08:26:00' })],
    ['stock_code_unknown', invoiceOf('536365', { StockCode: 'CRUK' })],
    ['quantity_unreadable', invoiceOf('536365', { Quantity: '1.5' })],
    ['quantity_unreadable', invoiceOf('536365', { Quantity: '0' })],
    ['quantity_unexpected', invoiceOf('536365', { Quantity: '-1' })],
    ['quantity_unexpected', invoiceOf('536365', { StockCode: 'D' })],
    ['quantity_unexpected', invoiceOf('C536379', { Quantity: '1' })],
    ['amount_unreadable', invoiceOf('536365', { UnitPrice: '-1.0' })],
    ['amount_unreadable', invoiceOf('536365', { UnitPrice: '0.001' })],
  ])('refuse the whole invoice with %s', (code, invoice) => {
    expect(translateInvoice(invoice, new SoldLines())).toMatchObject({
      outcome: 'refused',
      document: invoice.number,
      code,
    });
  });
});

const anyRow = fc.record({
  StockCode: fc.constantFrom('85123A', '71053', 'POST', 'M', 'gift_0001_20'),
  Quantity: fc.integer({ min: 1, max: 99_999 }).map(String),
  UnitPrice: fc.constantFrom('0.0', '0.85', '12.5', '649.5'),
});

describe('any sale and its credit', () => {
  it('give facts of the catalogue, each with its own id, the same again and again', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 5 }), (rows) => {
        const deliver = () => {
          const sold = new SoldLines();
          const back = rows.map((row) => ({ ...row, ...later, Quantity: `-${row.Quantity}` }));
          return [invoiceOf('1', ...rows), invoiceOf('C2', ...back)].flatMap(
            (invoice) => translated(invoice, sold).deliveries,
          );
        };
        const deliveries = deliver();
        expect(deliver()).toEqual(deliveries);
        expect(new Set(deliveries.map(({ id }) => id)).size).toBe(deliveries.length);
        for (const delivery of deliveries) {
          expect(readFact(delivery, { zoneOf: () => undefined })).toMatchObject({
            outcome: 'understood',
          });
        }
      }),
      { numRuns: deep ? 1_000 : 30 },
    );
  });
});
