import { refuse, type Refusal } from '#kernel';
import { readAmount, readTime } from './registration.js';
import type { FiledInvoice, OnlineRetailInvoice, OnlineRetailLine } from './rows.js';
import type { OnlineRetailRow } from './rows.js';
import { kindOfStockCode } from './stock-codes.js';

/** Why an invoice's rows cannot be read. */
export type OnlineRetailRefusalCode =
  | 'number_unreadable'
  | 'customers_mixed'
  | 'customer_unreadable'
  | 'time_unreadable'
  | 'stock_code_unknown'
  | 'quantity_unreadable'
  | 'quantity_unexpected'
  | 'amount_unreadable';

type Fault = Refusal<OnlineRetailRefusalCode>;

const creditPattern = /^C\d+$/;
const salePattern = /^\d+$/;
const quantityPattern = /^-?[1-9]\d{0,8}$/;

/** Reads all rows of an invoice, or says which value cannot be read. */
export function readInvoice({ number, rows }: FiledInvoice): OnlineRetailInvoice | Fault {
  const [first] = rows;
  const isCredit = creditPattern.test(number);
  if (!first || (!isCredit && !salePattern.test(number))) {
    return refuse('number_unreadable', `"${number}" is no number of an invoice`, 'InvoiceNo');
  }
  if (rows.some((row) => row.CustomerID !== first.CustomerID || row.Country !== first.Country)) {
    return refuse('customers_mixed', `the rows of ${number} name several customers`, 'CustomerID');
  }
  const customer = readCustomer(first.CustomerID);
  if (customer === undefined) {
    const message = `CustomerID is "${first.CustomerID}", which is no number`;
    return refuse('customer_unreadable', message, 'CustomerID');
  }
  const lines: OnlineRetailLine[] = [];
  const times: string[] = [];
  for (const [index, row] of rows.entries()) {
    const line = readLine(row, index + 1, isCredit);
    if ('outcome' in line) return line;
    const time = readTime(row.InvoiceDate);
    if (time === undefined) {
      const message = `InvoiceDate is "${row.InvoiceDate}", which is no time`;
      return refuse('time_unreadable', message, 'InvoiceDate');
    }
    lines.push(line);
    times.push(time);
  }
  return { number, isCredit, at: earliest(times), customer, country: first.Country, lines };
}

function earliest(times: readonly string[]): string {
  return times.reduce((first, time) => (Date.parse(time) < Date.parse(first) ? time : first));
}

/** Numbers went through a table of fractions: `17850.0` is the customer 17850. */
function readCustomer(text: string): string | null | undefined {
  return text === '' ? null : /^(\d+)(?:\.0)?$/.exec(text)?.[1];
}

function readLine(
  row: OnlineRetailRow,
  place: number,
  isCredit: boolean,
): OnlineRetailLine | Fault {
  const { StockCode: stockCode, Description: description, UnitPrice: unitPrice } = row;
  const kind = kindOfStockCode(stockCode);
  if (kind === undefined) {
    const message = `StockCode is "${stockCode}", which this channel does not know`;
    return refuse('stock_code_unknown', message, 'StockCode');
  }
  if (!quantityPattern.test(row.Quantity)) {
    const message = `Quantity is "${row.Quantity}", which is no number of units`;
    return refuse('quantity_unreadable', message, 'Quantity');
  }
  const unitMinor = readAmount(unitPrice)?.minor;
  if (unitMinor === undefined || !Number.isSafeInteger(unitMinor * Number(row.Quantity))) {
    const message = `UnitPrice is "${unitPrice}", which is no amount`;
    return refuse('amount_unreadable', message, 'UnitPrice');
  }
  const quantity = Number(row.Quantity);
  const line = { line: `${place}`, stockCode, kind, description, quantity, unitPrice, unitMinor };
  return isExpected(line, isCredit)
    ? line
    : refuse(
        'quantity_unexpected',
        `row ${place} has ${quantity} of "${stockCode}" at ${unitPrice}, which this kind of invoice has no meaning for`,
        'Quantity',
      );
}

/** A credit takes back; a sale gives, and what it counts below zero is gone without a price. */
function isExpected(
  { kind, quantity, unitMinor }: Pick<OnlineRetailLine, 'kind' | 'quantity' | 'unitMinor'>,
  isCredit: boolean,
): boolean {
  if (isCredit) return quantity < 0;
  return quantity > 0 ? kind !== 'discount' : unitMinor === 0;
}
