import type { Tender } from '#events';
import { memoizeByObject } from '#kernel';
import { linesOfMovement } from '../settlements/settlement-lines.js';
import type { SubjectView } from '../subject-view.js';
import { authorizationsOf } from './authorizations.js';
import { ownApplications } from './payment-applications.js';

/** What one payment does for an order; amounts are parts of this order, in minor units. */
export interface TenderSplit {
  readonly payment: string;
  readonly tender: Tender;
  readonly currency: string;
  readonly authorized: bigint;
  /** What can still be captured. */
  readonly openAuthorization: bigint;
  /** When the first of what is open expires, as its provider wrote it; null where nobody says. */
  readonly expiresAt: string | null;
  readonly captured: bigint;
  /** What went back and did not come back again. */
  readonly refunded: bigint;
  /** What disputes took and did not give back, without fees. */
  readonly disputed: bigint;
  /** What of the captured is in a payout. */
  readonly settled: bigint;
}

type Split = { -readonly [Field in keyof TenderSplit]: TenderSplit[Field] };

/** How the view's orders are paid, a row per payment, tender and currency; sorted by these. */
export const tendersOf = memoizeByObject((view: SubjectView): readonly TenderSplit[] => {
  const splits = new Splits();
  for (const authorization of authorizationsOf(view)) {
    const { payment, tender, currency, authorized, open, expiresAt } = authorization;
    const split = splits.of(payment, tender, currency);
    split.authorized += authorized;
    split.openAuthorization += open;
    if (open > 0n) split.expiresAt = least(split.expiresAt, expiresAt);
  }
  for (const { effective, minor } of ownApplications(view, 'PaymentCaptured')) {
    const { leaf: payment, data } = effective.event;
    const split = splits.of(payment, data.tender, data.amount.currency);
    split.captured += minor;
    const lines = linesOfMovement(view, 'charge', { payment, number: data.capture });
    if (lines.length > 0) split.settled += minor;
  }
  addMovements(view, splits);
  return splits.sorted();
});

function addMovements(view: SubjectView, splits: Splits): void {
  const movements = [
    { type: 'RefundIssued', field: 'refunded', sign: 1n },
    { type: 'RefundReversed', field: 'refunded', sign: -1n },
    { type: 'DisputeFundsWithdrawn', field: 'disputed', sign: 1n },
    { type: 'DisputeFundsReinstated', field: 'disputed', sign: -1n },
  ] as const;
  for (const { type, field, sign } of movements) {
    for (const { effective, minor } of ownApplications(view, type)) {
      const { leaf, data } = effective.event;
      splits.of(leaf, data.tender, data.amount.currency)[field] += sign * minor;
    }
  }
}

class Splits {
  readonly #splits = new Map<string, Split>();

  of(payment: string, tender: Tender, currency: string): Split {
    const key = JSON.stringify([payment, tender, currency]);
    const known = this.#splits.get(key);
    if (known) return known;
    const split: Split = {
      payment,
      tender,
      currency,
      authorized: 0n,
      openAuthorization: 0n,
      expiresAt: null,
      captured: 0n,
      refunded: 0n,
      disputed: 0n,
      settled: 0n,
    };
    this.#splits.set(key, split);
    return split;
  }

  sorted(): readonly TenderSplit[] {
    return [...this.#splits]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, split]) => split);
  }
}

function least(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right;
  return left < right ? left : right;
}
