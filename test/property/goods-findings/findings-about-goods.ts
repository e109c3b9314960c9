import {
  attachedHomes,
  findingCodes,
  goodsFindings,
  type Report,
  reportOf,
  subjectViewOf,
} from '#domain';
import type { AnyLedgerEvent } from '#events';
import { plainReference } from '../../fixtures/full-fold.js';
import { captured, order } from './order-facts.js';

/** The findings about goods that a test is about; the others are about money, time or sources. */
export const known = findingCodes.slice(
  findingCodes.indexOf('pickup_released_before_stock'),
  findingCodes.indexOf('count_adjusted_unapproved') + 1,
);

/** The codes of all findings about goods, of the order and of what belongs to none, once each. */
export function findings(events: readonly AnyLedgerEvent[]): readonly string[] {
  const reports = [captured, ...events].map((event) => reportOf(event, plainReference));
  const homes = groupBy(reports, ({ keys }) => keys.home);
  const viewOf = (subject: string) =>
    subjectViewOf({ subject, homes, referenceHomes: new Map(), absorbed: [] }, plainReference);
  const ofOrder = viewOf(order);
  const attached = attachedHomes(ofOrder);
  const others = [...homes.keys()].filter((home) => !attached.has(home));
  const found = [
    ...goodsFindings(ofOrder, attached),
    ...others.flatMap((home) => goodsFindings(viewOf(home), new Set([home]))),
  ];
  const codes = new Set<string>(found.map(({ code }) => code));
  return known.filter((code) => codes.has(code));
}

/** The homes of the reports, as the projection engine keeps them. */
function groupBy(reports: readonly Report[], nameOf: (report: Report) => string) {
  const groups = new Map<string, Report[]>();
  for (const report of reports) {
    groups.set(nameOf(report), [...(groups.get(nameOf(report)) ?? []), report]);
  }
  return groups;
}

export type Case = readonly [
  code: (typeof known)[number],
  shown: readonly AnyLedgerEvent[],
  explained: readonly AnyLedgerEvent[],
];
