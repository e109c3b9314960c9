import type { AnyLedgerEvent } from '#events';
import type { Money } from '#kernel';

/** An amount in minor units as sources add it up. */
export interface ControlAmount {
  readonly currency: string;
  readonly minor: bigint;
}

/**
 * What a source's own total counts of a fact in money: its amount, an order's lines with the tax that
 * the seller owes, or a credit's lines with their tax. Null where it tells of no money.
 */
export function controlAmountOf(event: AnyLedgerEvent): ControlAmount | null {
  if (event.type === 'OrderCaptured') return orderAmount(event.data);
  if (event.type === 'CreditGranted') return creditAmount(event.data);
  if (!('amount' in event.data) || event.data.amount === undefined) return null;
  const { currency, minor } = event.data.amount;
  return { currency, minor: BigInt(minor) };
}

type DataOf<Type> = Extract<AnyLedgerEvent, { readonly type: Type }>['data'];

function orderAmount({ currency, lines }: DataOf<'OrderCaptured'>): ControlAmount {
  const parts = lines.flatMap(({ gross, discount, taxes }) => [
    BigInt(gross.minor),
    -BigInt(discount.minor),
    ...taxes.filter(({ liable }) => liable === 'seller').map(({ amount }) => BigInt(amount.minor)),
  ]);
  return { currency, minor: sumOf(parts) };
}

function creditAmount({ currency, lines }: DataOf<'CreditGranted'>): ControlAmount {
  const minorOf = ({ minor }: Money): bigint => BigInt(minor);
  return { currency, minor: sumOf(lines.flatMap(({ net, tax }) => [minorOf(net), minorOf(tax)])) };
}

function sumOf(parts: readonly bigint[]): bigint {
  return parts.reduce((sum, part) => sum + part, 0n);
}
