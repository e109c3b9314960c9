import type { EventOf } from '#events';
import { groupBy } from './group-by.js';
import type { Report } from './report.js';

export type Correction = Report & { readonly event: EventOf<'EventCorrected'> };

/** A correction that counts, with the report it annuls. */
export interface FollowedCorrection {
  readonly correction: Correction;
  readonly target: Report;
}

export interface SettledCorrections {
  readonly followed: readonly FollowedCorrection[];
  readonly withoutTarget: readonly Report[];
  readonly notAllowed: readonly Report[];
}

/**
 * Which corrections count: of the statements of one correction the least that no correction that
 * counts names. The reports have to come in order of occurrence.
 */
export function settleCorrections(reports: readonly Report[]): SettledCorrections {
  const corrections = reports.filter(isCorrection);
  if (corrections.length === 0) return { followed: [], withoutTarget: [], notAllowed: [] };
  const byId = new Map(reports.map((report) => [report.factId, report]));
  const withoutTarget: Report[] = [];
  const notAllowed: Report[] = [];
  const targets = new Map<Correction, Report>();
  for (const correction of corrections) {
    const target = targetOf(correction, byId);
    if (!target) withoutTarget.push(correction);
    else if (!mayAnnul(correction, target)) notAllowed.push(correction);
    else targets.set(correction, target);
  }
  return { followed: followedCorrections(corrections, targets), withoutTarget, notAllowed };
}

function isCorrection(report: Report): report is Correction {
  return report.event.type === 'EventCorrected';
}

function targetOf(correction: Correction, byId: ReadonlyMap<string, Report>): Report | undefined {
  const { eventId, leaf, type } = correction.event.data.target;
  const target = byId.get(eventId);
  return target?.event.leaf === leaf && target.event.type === type ? target : undefined;
}

/** A fact annuls only facts of its own account; a decision was checked when it was taken. */
function mayAnnul(correction: Correction, target: Report): boolean {
  if (target.event.type === 'LedgerOpened') return false;
  if (correction.event.kind === 'decision') return true;
  return target.event.kind === 'fact' && target.event.account === correction.event.account;
}

/**
 * Works from the corrections that nothing names towards what they name, in a list and not by
 * recursion, since corrections may be corrected in chains of any length. An id covers its target's
 * id, so corrections cannot form a circle; those of one would annul nothing.
 */
function followedCorrections(
  corrections: readonly Correction[],
  targets: ReadonlyMap<Correction, Report>,
): readonly FollowedCorrection[] {
  const statements = groupBy(corrections, (correction) => correction.statement);
  // All statements of one correction name one target, so that one of them speaks for all.
  const namedStatement = new Map<string, string>();
  const undecided = new Map<string, number>();
  for (const correction of corrections) {
    const target = targets.get(correction);
    if (target?.event.type !== 'EventCorrected') continue;
    if (namedStatement.has(correction.statement)) continue;
    namedStatement.set(correction.statement, target.statement);
    undecided.set(target.statement, (undecided.get(target.statement) ?? 0) + 1);
  }
  const followed: FollowedCorrection[] = [];
  const annulled = new Set<string>();
  const open = [...statements.keys()].filter((statement) => !undecided.has(statement));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const counting = statements.get(next)?.find(({ factId }) => !annulled.has(factId));
    const target = counting && targets.get(counting);
    if (target) {
      followed.push({ correction: counting, target });
      annulled.add(target.factId);
    }
    const named = namedStatement.get(next);
    if (named === undefined) continue;
    const left = (undecided.get(named) ?? 1) - 1;
    undecided.set(named, left);
    if (left === 0) open.push(named);
  }
  return followed;
}
