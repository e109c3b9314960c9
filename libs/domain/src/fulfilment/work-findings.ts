import { type Finding, findingOf } from '../findings/finding.js';
import { performedQty } from '../orders/line-units.js';
import { orderStateOf } from '../orders/order-state.js';
import { isOrder, isOwnLine, type SubjectView } from '../subject-view.js';
import { type Fulfilment, type FulfilmentLine, fulfilmentsOf } from './fulfilments.js';
import { type Milestone, tellsOf } from './things.js';

/** What contradicts itself about the work of places, and what nobody works on any more. */
export function workFindings(view: SubjectView, attached: ReadonlySet<string>): readonly Finding[] {
  if (!tellsOf(view, ['FulfilmentRejected', 'ItemShortPicked', 'ItemsPacked'])) return [];
  const fulfilments = fulfilmentsOf(view, attached);
  return fulfilments.flatMap((fulfilment) => [
    ...answerFindings(view, fulfilment),
    ...packingFindings(view, fulfilment),
    ...(isOrder(view.subject) ? openFindings(view, fulfilment, fulfilments) : []),
  ]);
}

function answerFindings(
  view: SubjectView,
  { fulfilment, answer, picked, packed, accepted, rejected }: Fulfilment,
): readonly Finding[] {
  const found: Finding[] = [];
  const worked = picked ?? packed;
  if (answer === 'rejected' && rejected !== null && worked !== null) {
    found.push(
      findingOf('rejected_yet_picked', fulfilment, {}, [rejected.eventId, worked.eventId]),
    );
  }
  const movedOn = view
    .effective('FulfilmentRerouted')
    .some(({ event }) => event.leaf === fulfilment);
  if (accepted !== null && rejected !== null && !movedOn && answersOneRequest(view, fulfilment)) {
    found.push(
      findingOf('fulfilment_accepted_and_rejected', fulfilment, {}, [
        accepted.eventId,
        rejected.eventId,
      ]),
    );
  }
  return found;
}

function answersOneRequest(view: SubjectView, fulfilment: string): boolean {
  const requestsOf = (type: 'FulfilmentAccepted' | 'FulfilmentRejected') =>
    view
      .effective(type)
      .filter(({ event }) => event.leaf === fulfilment)
      .map(({ event }) => event.data.request);
  const rejected = requestsOf('FulfilmentRejected');
  return requestsOf('FulfilmentAccepted').some((request) => rejected.includes(request));
}

function packingFindings(
  view: SubjectView,
  { fulfilment, lines, picked, packed }: Fulfilment,
): readonly Finding[] {
  if (picked === null || packed === null) return [];
  return lines
    .filter((line) => line.packed > line.picked && isOwnLine(view, line.order))
    .map((line) =>
      findingOf(
        'packed_more_than_picked',
        `${fulfilment} ${line.order} ${line.orderLine}`,
        { orderLine: line.orderLine, expected: line.picked, found: line.packed },
        [picked.eventId, packed.eventId],
      ),
    );
}

/** Units that still have to go and that no place works on. */
function openFindings(
  view: SubjectView,
  fulfilment: Fulfilment,
  all: readonly Fulfilment[],
): readonly Finding[] {
  return fulfilment.lines.flatMap((line) => {
    if (!view.orders.has(line.order) || isWorkedOnElsewhere(line, fulfilment, all)) return [];
    const open = openUnits(view, line.orderLine);
    const key = `${fulfilment.fulfilment} ${line.order} ${line.orderLine}`;
    const short = Math.min(open, line.picked >= line.qty ? 0 : line.short);
    const found: Finding[] = [];
    if (short > 0) {
      found.push(
        findingOf(
          'short_pick_open',
          key,
          { orderLine: line.orderLine, units: short },
          shortPickIds(view, fulfilment.fulfilment, line),
        ),
      );
    }
    if (fulfilment.state === 'rejected' && open > 0) {
      found.push(
        findingOf(
          'fulfilment_rejected_unplaced',
          key,
          { orderLine: line.orderLine, units: open },
          idsOf([fulfilment.rejected]),
        ),
      );
    }
    return found;
  });
}

function isWorkedOnElsewhere(
  { order, orderLine }: FulfilmentLine,
  own: Fulfilment,
  all: readonly Fulfilment[],
): boolean {
  return all.some(
    ({ fulfilment, state, lines }) =>
      fulfilment !== own.fulfilment &&
      state !== 'rejected' &&
      state !== 'moved' &&
      lines.some(
        (line) => line.order === order && line.orderLine === orderLine && line.short < line.qty,
      ),
  );
}

/** Units of an order's line that were neither handed over nor cancelled. */
function openUnits(view: SubjectView, orderLine: string): number {
  return orderStateOf(view)
    .lines.filter(({ line }) => line.line === orderLine)
    .reduce((sum, units) => sum + units.remaining - performedQty(units), 0);
}

function shortPickIds(
  view: SubjectView,
  fulfilment: string,
  { order, orderLine }: FulfilmentLine,
): readonly string[] {
  return view
    .effective('ItemShortPicked')
    .filter(({ event: { leaf, data } }) => {
      return leaf === fulfilment && data.order === order && data.orderLine === orderLine;
    })
    .map(({ event }) => event.eventId);
}

function idsOf(milestones: readonly (Milestone | null)[]): readonly string[] {
  return milestones.flatMap((milestone) => milestone?.eventId ?? []);
}
