import type { AnyLedgerEvent } from '#events';
import { type Finding, findingOf } from '../findings/finding.js';
import { groupBy } from './group-by.js';
import { compareWithinObject } from './register.js';
import { registerKeyOf } from './register-key.js';
import type { Report } from './report.js';

/** The statements that count, and for each other one the statement that counts in its place. */
export interface SettledStatements {
  readonly winners: readonly Report[];
  /** By fact id of the superseded statement. */
  readonly winnerOf: ReadonlyMap<string, Report>;
  readonly findings: readonly Finding[];
}

/**
 * Of the statements one account makes of one report, the one that counts. The reports have to come
 * in order of occurrence.
 */
export function settleStatements(reports: readonly Report[]): SettledStatements {
  const winners: Report[] = [];
  const winnerOf = new Map<string, Report>();
  const findings: Finding[] = [];
  for (const group of groupBy(reports, (report) => report.statement).values()) {
    const winner = group.reduce((best, report) => (replaces(report, best) ? report : best));
    winners.push(winner);
    if (group.length === 1) continue;
    for (const report of group) {
      if (report !== winner) winnerOf.set(report.factId, winner);
    }
    const contradicting = group.filter((report) => contradicts(report, winner));
    if (contradicting.length > 1) findings.push(contradictionFinding(winner, contradicting));
  }
  return { winners, winnerOf, findings };
}

/** Whether a later statement counts in place of an earlier one. */
function replaces(later: Report, earlier: Report): boolean {
  if (isSaidAnew(later.event)) return compareWithinObject(later, earlier) > 0;
  return later.versioned && (later.version ?? -1n) > (earlier.version ?? -1n);
}

/** A source that says something anew has changed its mind; one that says two things at once has not. */
function contradicts(report: Report, winner: Report): boolean {
  if (report.version !== winner.version) return false;
  return !isSaidAnew(report.event) || report.at === winner.at;
}

/** What is set holds until it is set anew, and a tie that was undone may be made again. */
function isSaidAnew(event: AnyLedgerEvent): boolean {
  return registerKeyOf(event) !== undefined || event.type === 'ExternalReferenceAttached';
}

function contradictionFinding(winner: Report, contradicting: readonly Report[]): Finding {
  return findingOf(
    'source_contradicts_itself',
    winner.factId,
    { accounts: [winner.event.account], type: winner.event.type },
    contradicting.map((report) => report.factId),
  );
}
