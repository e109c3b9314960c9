import type { Amount } from './fact-shapes.js';
import type { FactsOfGoods } from './facts-of-goods.js';
import type { FactsOfMoney } from './facts-of-money.js';
import type { FactsOfOrders } from './facts-of-orders.js';

/**
 * What each finding tells besides its code, in JSON and without words: whoever reads it makes the
 * words, in the language that is asked for.
 */
export interface FindingFacts extends FactsOfOrders, FactsOfMoney, FactsOfGoods {}

export type FindingCode = keyof FindingFacts;

/** An amount as a finding tells it. */
export function amountTold({
  minor,
  currency,
}: {
  readonly minor: bigint | number;
  readonly currency: string | null;
}): Amount {
  return { minor: String(minor), currency };
}
