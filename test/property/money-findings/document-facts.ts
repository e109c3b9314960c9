import type { EventData } from '#events';
import { euro, fact } from '../../fixtures/facts.js';
import { at, order, payment, shipment } from './payment-facts.js';

export const invoice = (id: string, minor: number, of = shipment) =>
  fact(
    'InvoiceIssued',
    `invoice-erp:${id}`,
    {
      legalEntity: 'de01',
      currency: 'EUR',
      total: euro(minor),
      lines: [{ line: '1', net: euro(minor), tax: euro(0), order, orderLine: 'A', qty: 2 }],
      shipment: of,
    },
    { account: 'erp', ...at(6) },
  );
export const memo = (
  id: string,
  minor: number,
  data: Partial<EventData<'CreditMemoIssued'>> = {},
) =>
  fact(
    'CreditMemoIssued',
    `invoice-erp:${id}`,
    {
      legalEntity: 'de01',
      currency: 'EUR',
      total: euro(minor),
      lines: [{ line: '1', net: euro(minor), tax: euro(0), order, orderLine: 'A', qty: 1 }],
      ...data,
    },
    { account: 'erp', ...at(12) },
  );
export const memoWithoutOrder = (data: Partial<EventData<'CreditMemoIssued'>> = {}) =>
  memo('C1', 500, { lines: [{ line: '1', net: euro(500), tax: euro(0) }], ...data });

export const settled = (
  type: 'charge' | 'refund',
  minor: number,
  movement: string,
  line = `${type}-${movement}`,
) =>
  fact(
    'SettlementLineReported',
    'settlement-psp:4711',
    {
      line,
      type,
      legalEntity: 'de01',
      gross: euro(minor),
      fee: euro(0),
      tax: euro(0),
      net: euro(minor),
      reference: payment,
      movement,
    },
    { account: 'psp', ...at(25) },
  );
export const tillClosed = (counted: number, version?: string) =>
  fact(
    'TillClosed',
    'till-store_7:2026-03-01',
    {
      node: 'store_7',
      businessDay: '2026-03-01',
      register: 'r1',
      session: 'z1',
      legalEntity: 'de01',
      counts: [{ tender: 'cash', expected: euro(100), counted: euro(counted) }],
    },
    { account: 'pos', ...at(1), ...(version === undefined ? {} : { version }) },
  );
export const exchange = 'exchange-shop:x1';
export const exchanged = fact(
  'ExchangeOpened',
  exchange,
  { order, kind: 'standard', newLines: [{ sku: 'B', qty: 1 }], difference: euro(2_860) },
  at(9),
);
export const exchangeSettled = (minor: number) =>
  fact('ExchangeSettled', exchange, { difference: euro(minor) }, at(12));
