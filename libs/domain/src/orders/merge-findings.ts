import { type Finding, findingOf } from '../findings/finding.js';
import { groupBy } from '../resolution/group-by.js';
import type { SubjectView } from '../subject-view.js';
import { mergesInForce } from './merges.js';
import { orderStateOf } from './order-state.js';

/** What is odd about an order that several systems captured. */
export function mergeFindings(view: SubjectView): readonly Finding[] {
  const merges = mergesInForce(view.events).filter(({ alias }) => view.orders.has(alias));
  if (merges.length === 0) return [];
  return [...survivorFindings(merges), ...shippedTwice(view)];
}

function survivorFindings(merges: ReturnType<typeof mergesInForce>): readonly Finding[] {
  return [...groupBy(merges, ({ alias }) => alias)]
    .filter(([, own]) => new Set(own.map(({ survivor }) => survivor)).size > 1)
    .map(([alias, own]) =>
      findingOf(
        'several_surviving_orders',
        alias,
        { leaf: alias },
        own.map(({ eventId }) => eventId),
      ),
    );
}

/** Units that left under several names of the order, and more of them than it has. */
function shippedTwice(view: SubjectView): readonly Finding[] {
  if (view.aliasOf !== null) return [];
  const state = orderStateOf(view);
  const left = state.performances.map(({ event }) => ({
    event,
    orders: new Set(
      event.data.lines.map(({ order }) => order).filter((order) => view.orders.has(order)),
    ),
  }));
  const names = new Set(left.flatMap(({ orders }) => [...orders]));
  const tooMany =
    state.unknownLines.length > 0 || state.lines.some((line) => line.beyondOrdered.length > 0);
  if (names.size < 2 || !tooMany) return [];
  return [
    findingOf(
      'shipped_twice_as_duplicate',
      '',
      { names: [...names].sort() },
      left.map(({ event }) => event.eventId),
    ),
  ];
}
