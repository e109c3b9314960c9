import type { OrderValidator } from '#events';
import { compareInstants, memoizeByObject } from '#kernel';
import { type Effective, ofOrder, type SubjectView } from '../subject-view.js';

/** What one validator last said of an order. */
export interface Verdict {
  readonly validator: OrderValidator;
  readonly passed: boolean;
  readonly at: string | null;
  /** The codes of what was wrong; empty where it passed. */
  readonly errors: readonly string[];
  readonly eventId: string;
}

export type FraudStanding = 'none' | 'requested' | 'cleared' | 'confirmed';

/** How far an order is on its way from being captured to being fulfilled. */
export interface OrderReview {
  /** The last word of each validator. */
  readonly verdicts: readonly Verdict[];
  readonly acknowledgedByErp: Effective<'OrderAcknowledgedByErp'> | undefined;
  readonly fraud: { readonly standing: FraudStanding; readonly eventId: string | null };
  readonly released: Effective<'OrderReleased'> | undefined;
  readonly completed: Effective<'OrderCompleted'> | undefined;
}

/** What was checked, released and completed, by the earliest report where one is enough. */
export const reviewOf = memoizeByObject((view: SubjectView): OrderReview => ({
  verdicts: verdictsOf(view),
  acknowledgedByErp: ofOrder(view, 'OrderAcknowledgedByErp')[0],
  fraud: fraudOf(view),
  released: ofOrder(view, 'OrderReleased')[0],
  completed: ofOrder(view, 'OrderCompleted')[0],
}));

function verdictsOf(view: SubjectView): readonly Verdict[] {
  const failed = ofOrder(view, 'OrderValidationFailed').map(
    ({ event: { eventId, data }, resolved: { at } }): Verdict => ({
      validator: data.validator,
      passed: false,
      at,
      errors: data.errors.map(({ code }) => code),
      eventId,
    }),
  );
  const passed = ofOrder(view, 'OrderValidated').map(
    ({ event: { eventId, data }, resolved: { at } }): Verdict => ({
      validator: data.validator,
      passed: true,
      at,
      errors: [],
      eventId,
    }),
  );
  const last = new Map<OrderValidator, Verdict>();
  for (const verdict of [...failed, ...passed]) {
    const other = last.get(verdict.validator);
    if (other === undefined || isLater(verdict, other)) last.set(verdict.validator, verdict);
  }
  return [...last.values()].sort((left, right) => (left.validator < right.validator ? -1 : 1));
}

/** What is unknown in time is never the last word against what is known. */
function isLater(left: { at: string | null; eventId: string }, right: typeof left): boolean {
  if (left.at === right.at) return left.eventId > right.eventId;
  if (left.at === null || right.at === null) return right.at === null;
  return compareInstants(left.at, right.at) > 0;
}

/** A review that was confirmed stays so, whatever other providers cleared. */
function fraudOf(view: SubjectView): OrderReview['fraud'] {
  const [confirmed] = ofOrder(view, 'FraudConfirmed');
  if (confirmed) return { standing: 'confirmed', eventId: confirmed.event.eventId };
  const cleared = ofOrder(view, 'FraudCleared').at(-1);
  if (cleared) return { standing: 'cleared', eventId: cleared.event.eventId };
  const requested = ofOrder(view, 'FraudReviewRequested').at(-1);
  return requested
    ? { standing: 'requested', eventId: requested.event.eventId }
    : { standing: 'none', eventId: null };
}
