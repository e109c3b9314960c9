import type { Money } from '#kernel';
import type { StockOwner } from './shared-parts.js';

/*
 * What the witnesses of one happening have to agree on, as text that can be compared. Amounts of
 * two currencies, and units of two items, are never equal.
 */

export function measureOfAmount({ data }: { readonly data: { readonly amount: Money } }): string {
  return moneyText(data.amount);
}

export function measureOfQty({ data }: { readonly data: { readonly qty: number } }): string {
  return String(data.qty);
}

/** What lines with their tax come to. */
export function measureOfLines({
  data: { currency, lines },
}: {
  readonly data: {
    readonly currency: string;
    readonly lines: readonly { readonly net: Money; readonly tax: Money }[];
  };
}): string {
  const total = lines.reduce(
    (sum, { net, tax }) => sum + BigInt(net.minor) + BigInt(tax.minor),
    0n,
  );
  return `${total} ${currency}`;
}

/** The amount with the fee that goes with it. */
export function measureOfMovement({
  data: { amount, fee },
}: {
  readonly data: { readonly amount: Money; readonly fee?: Money };
}): string {
  return fee === undefined ? moneyText(amount) : `${moneyText(amount)}, ${moneyText(fee)}`;
}

/** So many units of one item at one node: the same number of another item is other stock. */
export function measureOfStock({
  leaf,
  data,
}: {
  readonly leaf: string;
  readonly data: {
    readonly owner?: StockOwner;
    readonly qty: number;
    readonly uom: string;
    readonly cause?: string;
    readonly bucket?: string;
  };
}): string {
  const { owner, qty, uom, cause, bucket } = data;
  return JSON.stringify([
    leaf,
    owner === undefined ? null : [owner.kind, owner.id],
    qty,
    uom,
    cause ?? null,
    bucket ?? null,
  ]);
}

/** The units of each order line that were handed over; null where the report names none. */
export function measureOfUnits({
  data: { lines },
}: {
  readonly data: {
    readonly lines?: readonly {
      readonly order?: string;
      readonly orderLine: string;
      readonly qty: number;
    }[];
  };
}): string | null {
  if (lines === undefined) return null;
  const units = new Map<string, number>();
  for (const { order, orderLine, qty } of lines) {
    const line = JSON.stringify([order ?? null, orderLine]);
    units.set(line, (units.get(line) ?? 0) + qty);
  }
  return [...units]
    .map(([line, qty]) => `${line} ${qty}`)
    .sort()
    .join();
}

export function moneyText({ minor, currency }: Money): string {
  return `${minor} ${currency}`;
}
