import type { EventType } from '#events';
import { memoizeByObject } from '#kernel';
import { mergesInForce } from '../orders/merges.js';
import type { Report } from './report.js';

/** Of the names that are one order, always the same one. */
export type OrderName = (order: string) => string;

const merging: readonly EventType[] = ['OrderMarkedDuplicate', 'ExternalReferenceAttached'];

/**
 * Which orders are one by the merges among these reports, all of which count: two witnesses of one
 * dispatch may know its order by two names.
 */
export const orderNamesIn = memoizeByObject((reports: readonly Report[]): OrderName => {
  const leastOf = new Map<string, string>();
  const nameOf = (order: string): string => {
    let name = order;
    for (let less = leastOf.get(name); less !== undefined; less = leastOf.get(name)) name = less;
    // Long chains are walked once.
    if (name !== order) leastOf.set(order, name);
    return name;
  };
  if (!reports.some(({ event }) => merging.includes(event.type))) return nameOf;
  const counting = reports.map(({ event, at }) => ({ event, at, standing: 'effective' as const }));
  for (const { alias, survivor } of mergesInForce(counting)) {
    const [one, other] = [nameOf(alias), nameOf(survivor)];
    if (one < other) leastOf.set(other, one);
    else if (other < one) leastOf.set(one, other);
  }
  return nameOf;
});
