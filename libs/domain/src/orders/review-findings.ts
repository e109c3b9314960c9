import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import { ofOrder, type SubjectView } from '../subject-view.js';
import { holdsOf } from './holds.js';
import { performedQty } from './line-units.js';
import { orderStateOf, type OrderState } from './order-state.js';
import { reviewOf, type Verdict } from './review.js';
import { termsFindings } from './terms-findings.js';

/** What is odd about how an order was checked, held, released and completed. */
export function reviewFindings(view: SubjectView): readonly Finding[] {
  const state = orderStateOf(view);
  return [
    ...holdFindings(view, state),
    ...validationFindings(view, state),
    ...fraudFindings(view, state),
    ...completionFindings(view, state),
    ...changeFindings(view),
    ...termsFindings(view),
  ];
}

function holdFindings(view: SubjectView, state: OrderState): readonly Finding[] {
  const holds = holdsOf(view);
  const placed = new Set(holds.map(({ released }) => released?.eventId));
  const unknown = ofOrder(view, 'OrderHoldReleased')
    .filter(({ event }) => !placed.has(event.eventId))
    .map(({ event: { eventId, data } }) =>
      findingOf('hold_never_placed', data.holdId, { name: data.holdId }, [eventId]),
    );
  const ignored = holds
    .filter(({ blocks }) => blocks.includes('dispatch'))
    .flatMap((hold) =>
      state.performances
        .filter(({ resolved: { at } }) => isHeldAt(hold, at))
        .map(({ event }) =>
          findingOf(
            'dispatched_while_held',
            `${hold.holdId} ${event.eventId}`,
            { hold: hold.holdId, holdType: hold.type },
            [hold.eventId, event.eventId],
          ),
        ),
    );
  return [...unknown, ...ignored];
}

function isHeldAt(
  { placedAt, released }: ReturnType<typeof holdsOf>[number],
  at: string | null,
): boolean {
  if (at === null || placedAt === null || at < placedAt) return false;
  return released === null || (released.at !== null && at < released.at);
}

function validationFindings(view: SubjectView, state: OrderState): readonly Finding[] {
  const { verdicts, acknowledgedByErp, released } = reviewOf(view);
  const failed = verdicts.filter(({ passed }) => !passed);
  const found: Finding[] = failed.map(({ validator, errors, eventId }) =>
    findingOf('order_validation_failed', validator, { by: validator, errors }, [eventId]),
  );
  const [performance] = state.performances;
  if (performance) {
    found.push(...failed.map((verdict) => despite(verdict, performance.event.eventId)));
  }
  if (released && !acknowledgedByErp) {
    found.push(findingOf('not_acknowledged_by_erp', '', {}, [released.event.eventId]));
  }
  return found;
}

function despite({ validator, eventId }: Verdict, performed: string): Finding {
  return findingOf('dispatched_despite_failed_validation', validator, { by: validator }, [
    eventId,
    performed,
  ]);
}

function fraudFindings(view: SubjectView, state: OrderState): readonly Finding[] {
  const { standing, eventId } = reviewOf(view).fraud;
  const [performance] = state.performances;
  if (standing !== 'confirmed' || eventId === null || performance === undefined) return [];
  return [
    findingOf('fraud_confirmed_yet_dispatched', '', {}, [eventId, performance.event.eventId]),
  ];
}

function completionFindings(view: SubjectView, state: OrderState): readonly Finding[] {
  const { completed } = reviewOf(view);
  if (completed === undefined) return [];
  return state.lines
    .filter(({ line }) => line.kind === 'goods')
    .map((units) => ({ units, open: units.remaining - performedQty(units) }))
    .filter(({ open }) => open > 0)
    .map(({ units: { line }, open }) =>
      findingOf('completed_with_open_units', line.line, { orderLine: line.line, units: open }, [
        completed.event.eventId,
      ]),
    );
}

function changeFindings(view: SubjectView): readonly Finding[] {
  const declined = new Map(
    ofOrder(view, 'OrderAmendmentDeclined').map(({ event }) => [
      event.data.amendment,
      event.eventId,
    ]),
  );
  const contradicted = view.effective('OrderAmendmentConfirmed').flatMap(({ event }) => {
    const other = declined.get(event.data.amendment);
    return other === undefined
      ? []
      : [
          findingOf(
            'amendment_confirmed_and_declined',
            event.data.amendment,
            { name: event.data.amendment },
            [event.eventId, other],
          ),
        ];
  });
  const mispriced = ofOrder(view, 'PriceMismatchDetected').map(({ event: { eventId, data } }) =>
    findingOf(
      'price_differs',
      `${data.line} ${data.comparedWith}`,
      {
        orderLine: data.line,
        expected: amountTold(data.expected),
        found: amountTold(data.found),
        by: data.comparedWith,
      },
      [eventId],
    ),
  );
  return [...contradicted, ...distinctKeys(mispriced)];
}

/** Of several findings of one key the first is enough. */
function distinctKeys(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map([...findings].reverse().map((finding) => [finding.key, finding])).values()];
}
