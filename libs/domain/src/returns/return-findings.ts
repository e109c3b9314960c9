import { type Finding, findingOf } from '../findings/finding.js';
import { orderStateOf } from '../orders/order-state.js';
import { performedUnitsOf } from '../orders/performance.js';
import { tellsOf } from '../fulfilment/things.js';
import { isOrder, isOwnLine, type SubjectView } from '../subject-view.js';
import { disposedUnits, type ReturnLine, type ReturnOfGoods, returnsOf } from './returns.js';

/** What contradicts itself about goods that come back. */
export function returnFindings(
  view: SubjectView,
  attached: ReadonlySet<string>,
): readonly Finding[] {
  if (!tellsOf(view, ['ReturnReceived', 'ReturnItemDisposed'])) return [];
  const returns = returnsOf(view, attached);
  return [
    ...returns.flatMap((one) => [
      ...answerFindings(one),
      ...one.lines
        .filter(({ order }) => isOwnLine(view, order))
        .flatMap((line) => lineFindings(one, line)),
    ]),
    ...(isOrder(view.subject) ? [...tooMany(view, returns), ...otherItems(view, attached)] : []),
  ];
}

function answerFindings({ return: leaf, answer, received, ...one }: ReturnOfGoods): Finding[] {
  if (received === null) return [];
  if (answer === 'declined' && one.declined !== null) {
    const ids = [one.declined.eventId, received.eventId];
    return [findingOf('return_declined_yet_received', leaf, {}, ids)];
  }
  if (answer === 'expired' && one.expired !== null) {
    const ids = [one.expired.eventId, received.eventId];
    return [findingOf('return_expired_yet_received', leaf, {}, ids)];
  }
  return [];
}

function lineFindings({ return: leaf, received }: ReturnOfGoods, line: ReturnLine): Finding[] {
  const found: Finding[] = [];
  const { orderLine, sku } = line;
  const key = JSON.stringify([leaf, line.order, orderLine, sku]);
  const ids = received === null ? [] : [received.eventId];
  if (received !== null && line.missing > 0) {
    const facts = { orderLine, sku, units: line.missing };
    found.push(findingOf('return_units_missing', key, facts, ids));
  }
  if (line.expected > 0 && line.received > line.expected) {
    const facts = { orderLine, sku, expected: line.expected, found: line.received };
    found.push(findingOf('returned_more_than_announced', key, facts, ids));
  }
  const disposed = disposedUnits(line);
  if (disposed > line.received) {
    const facts = { orderLine, sku, expected: line.received, found: disposed };
    found.push(findingOf('disposed_more_than_received', key, facts, ids));
  }
  return found;
}

/** Units of an order line that came back beyond those that were handed over. */
function tooMany(view: SubjectView, returns: readonly ReturnOfGoods[]): readonly Finding[] {
  const received = new Map<string, number>();
  for (const { lines } of returns) {
    for (const { order, orderLine, received: units } of lines) {
      if (orderLine === null || order === null || !view.orders.has(order)) continue;
      received.set(orderLine, (received.get(orderLine) ?? 0) + units);
    }
  }
  return [...received].flatMap(([orderLine, units]) => {
    const handedOver = performedUnitsOf(view)
      .filter((one) => one.orderLine === orderLine)
      .reduce((sum, { qty }) => sum + qty, 0);
    if (units <= handedOver) return [];
    const facts = { orderLine, expected: handedOver, found: units };
    return [
      findingOf('returned_more_than_dispatched', orderLine, facts, receiptIds(view, orderLine)),
    ];
  });
}

function receiptIds(view: SubjectView, orderLine: string): readonly string[] {
  return view
    .effective('ReturnReceived')
    .filter(
      ({ event: { data } }) =>
        data.order !== undefined && view.orders.has(data.order) && data.orderLine === orderLine,
    )
    .map(({ event }) => event.eventId);
}

/** Goods that came back and are not what the order line sold. */
function otherItems(view: SubjectView, attached: ReadonlySet<string>): readonly Finding[] {
  const lines = orderStateOf(view).lines.map(({ line }) => line);
  return view.effective('ReturnReceived').flatMap(({ event: { eventId, data }, resolved }) => {
    if (data.order === undefined || !view.orders.has(data.order)) return [];
    if (!attached.has(resolved.home)) return [];
    const sold = lines
      .filter(({ line }) => line === data.orderLine)
      .flatMap(({ sku }) => sku ?? []);
    if (sold.length === 0 || sold.includes(data.sku)) return [];
    const facts = { orderLine: data.orderLine ?? null, expected: sold, found: [data.sku] };
    return [findingOf('returned_item_differs', eventId, facts, [eventId])];
  });
}
