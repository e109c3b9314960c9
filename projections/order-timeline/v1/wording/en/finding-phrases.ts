import type { Amount, Disputed, OfReturnedGoods, UnitsOfLine } from '#domain';
import { formatMoney } from '#kernel';

/** `1,234.50 EUR`. Where no currency is known, the minor units. */
export function amountOf({ minor, currency }: Amount): string {
  return currency === null ? `${minor} minor units` : formatMoney(BigInt(minor), currency);
}

/** `2 of line 1`. */
export function ofLine({ units, orderLine }: UnitsOfLine): string {
  return `${units} of line ${orderLine}`;
}

/** `line 1`, or where no line is named `item MUG-1`. */
export function returnedGoods({ orderLine, sku }: OfReturnedGoods): string {
  return orderLine === null ? `item ${sku ?? ''}` : `line ${orderLine}`;
}

/** What whoever looks at an order with a dispute has to know before anything else. */
export function adviceOn({ isLost, evidenceDueAt }: Disputed): string {
  if (isLost) return 'Do NOT refund again; the dispute was lost.';
  return evidenceDueAt === null
    ? 'Do NOT refund again.'
    : `Do NOT refund again; evidence due ${evidenceDueAt}.`;
}
