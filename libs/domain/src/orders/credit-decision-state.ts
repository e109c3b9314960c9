import { cumulativeShare } from '#kernel';
import type { StreamFold } from '../decision.js';
import type { ReferenceData } from '../reference-data.js';
import { type StreamEvents, streamEventsFold, streamViewOf } from '../stream-events.js';
import type { SubjectView } from '../subject-view.js';
import type { LineUnits } from './line-units.js';
import { type OrderState, orderStateOf } from './order-state.js';
import { sellerTaxMinor } from './order-totals.js';

/** An order is small enough to be judged whole for each decision. */
export type CreditState = StreamEvents;

export function creditFold(reference: ReferenceData): StreamFold<CreditState> {
  return streamEventsFold(reference);
}

/** An order as far as its own stream tells it. */
export interface CreditableOrder {
  readonly view: SubjectView;
  readonly state: OrderState;
}

export function creditableOrderOf(events: CreditState): CreditableOrder {
  const view = streamViewOf(events);
  return { view, state: orderStateOf(view) };
}

/**
 * What the units that are not cancelled were sold for: gross less discount, with the seller's tax.
 *
 * Dispatches lie on other streams. A cancellation of the whole order therefore leaves nothing to
 * credit here, also where some units had left before it; such an order is reported with line
 * cancellations instead.
 */
export function creditableMinor(order: CreditableOrder): bigint {
  const present = order.state.stages.at(-1)?.stage.lines ?? [];
  return present.reduce((sum, units) => sum + keptMinor(units), 0n);
}

function keptMinor({ line, ordered, cancellations }: LineUnits): bigint {
  const parts = [BigInt(line.gross.minor), -BigInt(line.discount.minor), sellerTaxMinor(line)];
  let kept = parts.reduce((sum, part) => sum + part, 0n);
  let last = ordered;
  for (const { cancellation, qty } of cancellations) {
    const released = cancellation?.event.data.released;
    if (released) {
      const { goods, discount, tax, shipping, shippingTax } = released;
      const given = [goods, tax, shipping, shippingTax];
      kept -= given.reduce((sum, amount) => sum + BigInt(amount?.minor ?? 0), 0n);
      kept += BigInt(discount?.minor ?? 0);
    } else {
      for (const part of parts) kept -= shareBetween(part, last - qty, last, ordered);
    }
    last -= qty;
  }
  return kept;
}

function shareBetween(total: bigint, from: number, to: number, of: number): bigint {
  // The share of a negative amount is taken of its opposite, so that both round alike.
  if (total < 0n) return -shareBetween(-total, from, to, of);
  return (
    cumulativeShare(total, BigInt(to), BigInt(of)) -
    cumulativeShare(total, BigInt(from), BigInt(of))
  );
}

/** What the credits in force come to, and the units of each line they credit. */
export interface CreditsGranted {
  readonly totalMinor: bigint;
  readonly unitsByLine: ReadonlyMap<string, number>;
}

export function creditsGranted({ view }: CreditableOrder): CreditsGranted {
  let totalMinor = 0n;
  const unitsByLine = new Map<string, number>();
  for (const { event } of view.effective('CreditGranted')) {
    for (const { net, tax, line, qty } of event.data.lines) {
      totalMinor += BigInt(net.minor) + BigInt(tax.minor);
      if (line !== undefined) unitsByLine.set(line, (unitsByLine.get(line) ?? 0) + (qty ?? 0));
    }
  }
  return { totalMinor, unitsByLine };
}
