import { cumulativeShare } from '#kernel';

/** What an order's amounts are posted as; shipping and its tax are apart from the goods'. */
export const amountNames = [
  'goods',
  'giftCards',
  'discount',
  'tax',
  'shipping',
  'shippingTax',
] as const;

export type AmountName = (typeof amountNames)[number];

/** Amounts by name, in minor units of the order's currency; never negative. */
export type Amounts = Record<AmountName, bigint>;

export function noAmounts(): Amounts {
  return { goods: 0n, giftCards: 0n, discount: 0n, tax: 0n, shipping: 0n, shippingTax: 0n };
}

export function addAmounts(left: Amounts, right: Amounts): Amounts {
  const sum = noAmounts();
  for (const name of amountNames) sum[name] = left[name] + right[name];
  return sum;
}

/** Takes away what is asked, but at least nothing and at most what is there. */
export function withoutAmounts(amounts: Amounts, taken: Amounts): Amounts {
  const left = noAmounts();
  for (const name of amountNames) {
    left[name] = amounts[name] - withinLimits(taken[name], amounts[name]);
  }
  return left;
}

function withinLimits(taken: bigint, limit: bigint): bigint {
  if (taken < 0n) return 0n;
  return taken < limit ? taken : limit;
}

/** What the positions after `from` up to `to` have of amounts that run over `of` positions. */
export function amountsBetween(amounts: Amounts, from: bigint, to: bigint, of: bigint): Amounts {
  const share = noAmounts();
  if (of === 0n) return share;
  for (const name of amountNames) {
    share[name] = cumulativeShare(amounts[name], to, of) - cumulativeShare(amounts[name], from, of);
  }
  return share;
}
