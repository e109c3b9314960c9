import { type Finding, findingOf } from '../findings/finding.js';
import { amountTold } from '../findings/finding-facts.js';
import { ofOrder, type SubjectView } from '../subject-view.js';
import { orderStateOf } from './order-state.js';
import { sellerTaxMinor } from './order-totals.js';

/** What was judged, determined or agreed of an order in two ways. */
export function termsFindings(view: SubjectView): readonly Finding[] {
  return [...fraudVerdicts(view), ...determinedTaxes(view), ...refusedSubstitutes(view)];
}

/** Two reviews may end in two ways; one review ends in one. */
function fraudVerdicts(view: SubjectView): readonly Finding[] {
  const confirmed = ofOrder(view, 'FraudConfirmed');
  if (confirmed.length === 0) return [];
  const cleared = new Map(
    ofOrder(view, 'FraudCleared').map(({ event: { eventId, data } }) => [
      JSON.stringify([data.provider, data.review ?? '']),
      eventId,
    ]),
  );
  return confirmed.flatMap(({ event: { eventId, data } }) => {
    const key = JSON.stringify([data.provider, data.review ?? '']);
    const other = cleared.get(key);
    if (other === undefined || data.review === undefined) return [];
    const facts = { name: data.review, by: data.provider };
    return [findingOf('fraud_cleared_and_confirmed', key, facts, [eventId, other])];
  });
}

/**
 * The last determination counts, for the lines as they stand or as they stood before the order was
 * changed: whether it was made anew is nobody's to say. A line rounds by itself: a minor unit is no
 * difference.
 */
function determinedTaxes(view: SubjectView): readonly Finding[] {
  const last = ofOrder(view, 'TaxDetermined').at(-1);
  const { lines, stages, captured } = orderStateOf(view);
  if (last === undefined || captured === undefined) return [];
  const { eventId, data } = last.event;
  if (data.currency !== captured.event.data.currency) return [];
  return data.lines.flatMap((determined) => {
    const line = lines.find((units) => units.line.line === determined.line)?.line;
    if (line === undefined) return [];
    const expected = sellerTaxMinor(determined);
    const found = sellerTaxMinor(line);
    const known = stages
      .flatMap(({ stage }) => stage.lines)
      .filter((units) => units.line.line === line.line)
      .map((units) => sellerTaxMinor(units.line));
    if ([found, ...known].some((minor) => isSameRounded(minor, expected))) return [];
    const { currency } = data;
    const facts = {
      orderLine: line.line,
      expected: amountTold({ minor: expected, currency }),
      found: amountTold({ minor: found, currency }),
      by: data.engine,
    };
    return [findingOf('tax_differs', line.line, facts, [captured.event.eventId, eventId])];
  });
}

function isSameRounded(left: bigint, right: bigint): boolean {
  return left - right >= -1n && left - right <= 1n;
}

/** A refused substitute is no line of the order, and harms nobody while it stays where it is. */
function refusedSubstitutes(view: SubjectView): readonly Finding[] {
  const refused = ofOrder(view, 'OrderLineSubstituted').filter(
    ({ event }) => event.data.customerConsent === 'refused',
  );
  if (refused.length === 0) return [];
  const { unknownLines } = orderStateOf(view);
  return refused.flatMap(({ event: { eventId, data } }) => {
    const sent = unknownLines.filter(({ orderLine }) => orderLine === data.newLine.line);
    if (sent.length === 0) return [];
    const facts = { orderLine: data.newLine.line, inPlaceOf: data.line };
    return [
      findingOf('substituted_without_consent', data.substitution, facts, [
        eventId,
        ...sent.map(({ performance }) => performance.event.eventId),
      ]),
    ];
  });
}
