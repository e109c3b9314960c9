import type { Money } from '#kernel';
import { detachmentsIn, type Effective, orderLinksOf, type SubjectView } from '../subject-view.js';
import { type OneName, oneNameOf } from './payment-orders.js';

/** So much of a payment event for one order, or for none that is known. */
export interface Part {
  readonly order: string | null;
  readonly minor: bigint;
}

/** What ties look at of an event of a payment. */
interface PaymentEvent {
  readonly leaf: string;
  readonly data: { readonly amount: Money };
}

interface Tie {
  readonly order: string;
  readonly currency: string | undefined;
  /** What of its amount no event has used up; undefined where the tie names no amount. */
  rest: bigint | undefined;
}

/**
 * The ties of payments to orders, for the events of one type. A tie's amount is a part of the
 * payment, not of each of its events: every event takes from what the earlier ones left of it.
 */
export class PaymentTies {
  readonly #view: SubjectView;
  readonly #tiesByPayment = new Map<string, readonly Tie[]>();
  readonly #oneNames = new Map<string, OneName>();

  constructor(view: SubjectView) {
    this.#view = view;
  }

  /** True where the payment was tied to an order when something happened; the unknown is last. */
  has(payment: string, at: string | null): boolean {
    return this.#tiesAt(payment, at).length > 0;
  }

  /** Counts a part that is known without ties towards the tied amount of its order. */
  take({ leaf, data }: PaymentEvent, { order, minor }: Part): void {
    let left = minor;
    const oneName = this.#oneNameOf(leaf);
    for (const tie of this.#tiesOf(leaf)) {
      const isSame = order !== null && oneName(tie.order) === oneName(order);
      if (isSame && tie.currency === data.amount.currency) left -= use(tie, left);
    }
  }

  /** Ties with an amount take up to it, in order of occurrence; one tie without takes the rest. */
  partsOf({ leaf, data }: PaymentEvent, at: string | null): readonly Part[] {
    const parts: Part[] = [];
    let rest = BigInt(data.amount.minor);
    const ties = this.#tiesAt(leaf, at);
    for (const tie of ties) {
      if (tie.currency !== data.amount.currency) continue;
      const minor = use(tie, rest);
      if (minor > 0n) parts.push({ order: tie.order, minor });
      rest -= minor;
    }
    const whole = ties.filter((tie) => tie.rest === undefined);
    if (rest > 0n || parts.length === 0) {
      parts.push({
        order: this.onlyOrder(
          leaf,
          whole.map(({ order }) => order),
        ),
        minor: rest,
      });
    }
    return parts;
  }

  /** The order that all of some names of a payment's orders are, or null where they are several. */
  onlyOrder(payment: string, orders: readonly string[]): string | null {
    const oneName = this.#oneNameOf(payment);
    const [only, ...others] = new Set(orders.map(oneName));
    return others.length === 0 ? (only ?? null) : null;
  }

  #oneNameOf(payment: string): OneName {
    const known = this.#oneNames.get(payment);
    if (known) return known;
    const oneName = oneNameOf(this.#view, payment);
    this.#oneNames.set(payment, oneName);
    return oneName;
  }

  /** A tie that was undone holds for what happened before. */
  #tiesAt(payment: string, at: string | null): readonly Tie[] {
    const detachments = detachmentsIn(this.#view);
    return this.#tiesOf(payment).filter(({ order }) => !detachments.isUndoneAt(payment, order, at));
  }

  #tiesOf(payment: string): readonly Tie[] {
    const known = this.#tiesByPayment.get(payment);
    if (known) return known;
    const ties = orderLinksOf(this.#view, payment).map(tieOf);
    this.#tiesByPayment.set(payment, ties);
    return ties;
  }
}

function tieOf({ event }: Effective<'ExternalReferenceAttached'>): Tie {
  const { reference, amount } = event.data;
  return {
    order: reference,
    currency: amount?.currency,
    rest: amount === undefined ? undefined : BigInt(amount.minor),
  };
}

function use(tie: Tie, wanted: bigint): bigint {
  if (tie.rest === undefined) return 0n;
  const used = tie.rest < wanted ? tie.rest : wanted;
  tie.rest -= used;
  return used;
}
