import { groupBy } from './group-by.js';
import { type FollowedCorrection, settleCorrections } from './correction.js';
import { type HappeningOf, happeningsOf } from './happening.js';
import { isUnnumberedPayment, witnessesOfDenied } from './payment-number.js';
import type { Report } from './report.js';
import { settleStatements } from './statement.js';

/** Why a report does not count, or that its correction cannot be followed. */
export interface AnnulmentResult {
  /** The annulled reports, each with the correction that names it. */
  readonly annulledBy: ReadonlyMap<string, string>;
  readonly withoutTarget: readonly Report[];
  readonly notAllowed: readonly Report[];
}

/**
 * Which reports are annulled: those a correction that counts names, and for `did_not_occur` every
 * report of the same happening of equal or worse rank. What joins reports to one happening is asked
 * without what was annulled: the ties are settled before the shipments that they join. The reports
 * have to come in order of occurrence.
 */
export function annulments(reports: readonly Report[]): AnnulmentResult {
  const { followed, withoutTarget, notAllowed } = settleCorrections(reports);
  const annulledBy = new Map<string, string>();
  for (const { correction, target } of followed) annul(annulledBy, target, correction);
  const denied = followed.filter(({ correction }) => {
    return correction.event.data.reason === 'did_not_occur';
  });
  const named = new Set(annulledBy.keys());
  const deniedIds = new Set<string>();
  for (const ofShipments of [false, true]) {
    const widened = denied.filter(({ target }) => isOfShipment(target) === ofShipments);
    if (widened.length === 0) continue;
    const happeningOf = happeningsOf(
      reports,
      settleStatements(joining(reports, annulledBy, denied)),
    );
    const happenings = groupBy(reports, (report) => happeningOf(report) ?? '');
    for (const each of widened) {
      for (const report of sameHappening(each, happenings, happeningOf, named)) {
        annul(annulledBy, report, each.correction);
        deniedIds.add(report.factId);
      }
    }
  }
  const witnesses = witnessesOfDenied(reports, annulledBy, deniedIds);
  for (const { correction, target } of denied) {
    for (const report of witnesses.get(target) ?? []) {
      if (mayDeny(correction, target, report)) annul(annulledBy, report, correction);
    }
  }
  return { annulledBy, withoutTarget, notAllowed };
}

/** Of several corrections the least is named, whatever the order in which they are followed. */
function annul(annulledBy: Map<string, string>, report: Report, { factId }: Report): void {
  const other = annulledBy.get(report.factId);
  if (other === undefined || factId < other) annulledBy.set(report.factId, factId);
}

function isOfShipment({ event }: Report): boolean {
  return event.type === 'ShipmentDispatched' || event.type === 'ShipmentDelivered';
}

/** A denied report tells which happening is denied, so it joins for that; a denied tie does not. */
function joining(
  reports: readonly Report[],
  annulledBy: ReadonlyMap<string, string>,
  denied: readonly FollowedCorrection[],
): readonly Report[] {
  const deniedReports = new Set(denied.map(({ target }) => target));
  return reports.filter(
    (report) =>
      !annulledBy.has(report.factId) ||
      (deniedReports.has(report) && report.event.type !== 'ExternalReferenceAttached'),
  );
}

function sameHappening(
  { correction, target }: FollowedCorrection,
  happenings: ReadonlyMap<string, readonly Report[]>,
  happeningOf: HappeningOf,
  named: ReadonlySet<string>,
): readonly Report[] {
  const happening = happeningOf(target);
  if (happening === null) return [];
  const candidates = (happenings.get(happening) ?? []).filter((report) =>
    mayDeny(correction, target, report),
  );
  if (!isUnnumberedPayment(target.event)) return candidates;
  // One account's transactions are payments of their own; which of them another account's report
  // speaks of is only known when all of them are denied.
  const othersStand = candidates.some(
    (report) =>
      report.event.account === target.event.account &&
      report.statement !== target.statement &&
      !named.has(report.factId),
  );
  return othersStand
    ? candidates.filter((report) => report.statement === target.statement)
    : candidates;
}

/** What a source denies, no worse source can assert; but a fact never denies a decision. */
function mayDeny(correction: Report, target: Report, report: Report): boolean {
  if (report.rank < target.rank) return false;
  return correction.event.kind === 'decision' || report.event.kind === 'fact';
}
