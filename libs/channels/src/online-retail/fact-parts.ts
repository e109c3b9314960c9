import type { EventData } from '#events';
import type { Money } from '#kernel';
import { onlineRetailRegistration } from './registration.js';
import type { OnlineRetailInvoice, OnlineRetailLine } from './rows.js';

type DocumentData = EventData<'CreditMemoIssued'>;

const { account, legalEntity, currency } = onlineRetailRegistration;

/** What all facts of one invoice have alike: its clock tells minutes. */
export function attributesOf({ number, at }: OnlineRetailInvoice, fact: string) {
  return {
    specversion: '1.0',
    source: account,
    id: `${number}/${fact}`,
    time: at,
    precision: 'minute' as const,
  };
}

/** What all units of a line are worth, whichever way they go. */
export function moneyOf({ quantity, unitMinor }: OnlineRetailLine): Money {
  return { minor: Math.abs(quantity) * unitMinor, currency };
}

/** The head of a document: the rows have no total of their own, so it is theirs together. */
export function documentHeadOf(
  lines: readonly OnlineRetailLine[],
): Pick<DocumentData, 'legalEntity' | 'currency' | 'total'> {
  const minor = lines.reduce((sum, line) => sum + moneyOf(line).minor, 0);
  return { legalEntity, currency, total: { minor, currency } };
}

/** A line of a document, without the order it may name. The files tell no tax. */
export function documentLineOf(line: OnlineRetailLine) {
  const { kind, quantity, stockCode } = line;
  return {
    line: line.line,
    kind,
    ...skuOf(kind, stockCode),
    qty: Math.abs(quantity),
    net: moneyOf(line),
    tax: { minor: 0, currency },
  };
}

/** Only what is kept in a warehouse or handed out has a sku; postage and fees have none. */
export function skuOf(kind: OnlineRetailLine['kind'], stockCode: string): { sku?: string } {
  return kind === 'goods' || kind === 'gift_card' ? { sku: stockCode } : {};
}
