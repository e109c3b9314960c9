import { compareInstants, compareText } from '#kernel';
import { type Effective, ofOrder, type SubjectView } from '../subject-view.js';

/** What changes the lines of an order after it was captured. */
export type OrderChange = Effective<'OrderAmendmentConfirmed'> | Effective<'OrderLineSubstituted'>;

/**
 * The changes of an order's lines in the order in which they hold. A substitution that the customer
 * refused changes nothing.
 */
export function orderChangesOf(view: SubjectView): readonly OrderChange[] {
  const changes = [
    ...ofOrder(view, 'OrderAmendmentConfirmed'),
    ...ofOrder(view, 'OrderLineSubstituted').filter(
      ({ event }) => event.data.customerConsent !== 'refused',
    ),
  ];
  if (changes.length < 2) return changes;
  return changes.sort(
    (left, right) =>
      compareInstants(holdsFrom(left), holdsFrom(right)) ||
      compareText(left.event.eventId, right.event.eventId),
  );
}

/** From when on the change holds; null where nobody says. */
export function holdsFrom({ event, resolved }: OrderChange): string | null {
  return event.type === 'OrderAmendmentConfirmed' ? event.data.effectiveAt : resolved.at;
}
