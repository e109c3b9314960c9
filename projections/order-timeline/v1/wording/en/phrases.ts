import { formatMoney, type Money } from '#kernel';

const tenderWords: Readonly<Record<string, string>> = {
  card: 'card',
  cash: 'cash',
  gift_card: 'gift card',
  store_credit: 'store credit',
  voucher: 'voucher',
  loyalty: 'loyalty points',
  bank_transfer: 'bank transfer',
  cash_on_delivery: 'cash on delivery',
  buy_now_pay_later: 'buy now, pay later',
  invoice: 'invoice',
  marketplace: 'the marketplace',
  other: 'another tender',
};

export function money({ minor, currency }: Money): string {
  return formatMoney(minor, currency);
}

export function byTender(tender: string): string {
  return `by ${tenderWords[tender] ?? tender}`;
}

/** `: the reason`, or nothing where none is known. */
export function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}

/** A code of the catalogue as words: `price_adjustment` is `price adjustment`. */
export function inWords(code: string): string {
  return code.replaceAll('_', ' ');
}

/** `1 unit`, `3 units`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `3 units`, `1 reserved unit`, `2.5 kg`: how much of what is counted or measured so. */
export function quantityOf(qty: number, uom: string, kind?: string): string {
  const what = uom === 'each' ? `unit${Math.abs(qty) === 1 ? '' : 's'}` : uom;
  return kind === undefined ? `${qty} ${what}` : `${qty} ${kind} ${what}`;
}

/** The units of these lines together. */
export function unitsOf(lines: readonly { readonly qty: number }[]): string {
  return countOf(
    lines.reduce((sum, { qty }) => sum + qty, 0),
    'unit',
  );
}

/** The day of a day or an instant, as a customer reads it. */
export function dayOf(dateOrInstant: string): string {
  return dateOrInstant.slice(0, 10);
}

/** A change with its sign: `+2 units`, `-1 unit`. */
export function changeOf(delta: number, uom: string): string {
  return `${delta > 0 ? '+' : ''}${quantityOf(delta, uom)}`;
}

/** As {@link because}, of a reason that is a code. */
export function becauseOf(code: string | undefined): string {
  return because(code === undefined ? undefined : inWords(code));
}
