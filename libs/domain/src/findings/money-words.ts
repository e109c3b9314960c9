import { formatMoney } from '#kernel';

/** An amount as a finding tells it: `1,234.50 EUR`. Where no currency is known, its minor units. */
export function moneyWords(minor: bigint | number, currency: string | null): string {
  return currency === null ? `${minor} minor units` : formatMoney(minor, currency);
}
