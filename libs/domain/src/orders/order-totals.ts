import type { OrderLine } from '#events';

/** The seller's own tax of a line; what a marketplace remits is never ours. */
export function sellerTaxMinor({ taxes }: Pick<OrderLine, 'taxes'>): bigint {
  return taxes
    .filter(({ liable }) => liable === 'seller')
    .reduce((sum, { amount }) => sum + BigInt(amount.minor), 0n);
}

/** What the customer owes for a line as told: gross less discount, with the seller's tax. */
export function lineTotalMinor(line: OrderLine): bigint {
  return BigInt(line.gross.minor) - BigInt(line.discount.minor) + sellerTaxMinor(line);
}
