import { mergesInForce } from '../orders/merges.js';
import { resolve } from '../resolution/resolve.js';
import { isOrder, type SubjectView } from '../subject-view.js';

/** Of the names that are one order, always the same one. */
export type OneName = (order: string) => string;

/**
 * Which of the orders that a payment's events and ties name by themselves are one order. It is judged
 * by what lies on these orders alone, which every view of the payment knows, so that the payment and
 * each of its orders find the same.
 */
export function oneNameOf(view: SubjectView, payment: string): OneName {
  const read = new Set(view.reportsOf(payment).flatMap(({ keys }) => keys.reads.filter(isOrder)));
  if (read.size < 2) return (order) => order;
  const names = [...read].sort();
  const survivors = new Map<string, string>();
  const { events } = resolve(names.flatMap((name) => view.reportsOf(name)));
  for (const { alias, survivor } of mergesInForce(events)) {
    if (!survivors.has(alias)) survivors.set(alias, survivor);
  }
  const firstNames = new Map<string, string>();
  for (const name of names) {
    const end = endOf(name, survivors);
    if (!firstNames.has(end)) firstNames.set(end, name);
  }
  return (order) => firstNames.get(endOf(order, survivors)) ?? order;
}

/** Where ties run in a circle, the least name of it. */
function endOf(order: string, survivors: ReadonlyMap<string, string>): string {
  const walked: string[] = [];
  for (let at: string | undefined = order; at !== undefined; at = survivors.get(at)) {
    if (walked.includes(at)) return walked.slice(walked.indexOf(at)).sort()[0] ?? at;
    walked.push(at);
  }
  return walked.at(-1) ?? order;
}
