import type { AnyLedgerEvent } from '#events';
import { type Finding, findingOf } from '../findings/finding.js';
import { type AnnulmentResult, annulments } from './annulment.js';
import { completedEvents } from './completion.js';
import { elect } from './election.js';
import { type HappeningOf, happeningsOf } from './happening.js';
import { compareByOccurrence, type Report } from './report.js';
import type { Standing, Verdicts } from './standing.js';
import { settleStatements } from './statement.js';

export type { Standing } from './standing.js';

/** An event with its standing among all that is known of it. */
export interface ResolvedEvent {
  readonly event: AnyLedgerEvent;
  /** The event with what it leaves empty filled from the next reports of its happening. */
  readonly completed: AnyLedgerEvent;
  /** The unit of facts it is kept with. */
  readonly home: string;
  /** Comparable instant of its occurrence, null where unknown. */
  readonly at: string | null;
  readonly rank: number;
  readonly standing: Standing;
  /** The event that outranks, replaces or annuls it. */
  readonly because: string | null;
  /** The happening it reports, or null. */
  readonly happening: string | null;
}

export interface Resolution {
  /** In order of occurrence, the unknown last. */
  readonly events: readonly ResolvedEvent[];
  readonly findings: readonly Finding[];
}

/** Judges every event of a set; a function of the set, not of any order. */
export function resolve(unordered: readonly Report[]): Resolution {
  const reports = [...unordered].sort(compareByOccurrence);
  const annulled = annulments(reports);
  const standing = reports.filter((report) => !annulled.annulledBy.has(report.factId));
  const statements = settleStatements(standing);
  // Neither what is annulled nor what is superseded joins anything to one happening.
  const happeningOf = happeningsOf(reports, statements);
  const findings: Finding[] = [...correctionFindings(annulled), ...statements.findings];
  const verdicts: Verdicts = new Map();
  for (const [id, because] of annulled.annulledBy) {
    verdicts.set(id, { standing: 'annulled', because });
  }
  for (const [id, winner] of statements.winnerOf) {
    verdicts.set(id, { standing: 'superseded', because: winner.factId });
  }
  elect(statements.winners, happeningOf, verdicts, findings);
  const completed = completedEvents(statements.winners, happeningOf);
  return {
    events: reports.map((report) => resolved(report, completed, happeningOf, verdicts)),
    findings,
  };
}

function correctionFindings({ withoutTarget, notAllowed }: AnnulmentResult): Finding[] {
  return [
    ...withoutTarget.map((report) =>
      findingOf('correction_without_target', report.factId, {}, [report.factId]),
    ),
    ...notAllowed.map((report) =>
      findingOf('correction_not_allowed', report.factId, {}, [report.factId]),
    ),
  ];
}

function resolved(
  report: Report,
  completed: ReadonlyMap<string, AnyLedgerEvent>,
  happeningOf: HappeningOf,
  verdicts: Verdicts,
): ResolvedEvent {
  const verdict = verdicts.get(report.factId);
  if (!verdict) throw new Error(`No standing was found for the event ${report.factId}.`);
  const { event, keys, factId, at, rank } = report;
  return {
    event,
    completed: completed.get(factId) ?? event,
    home: keys.home,
    at,
    rank,
    standing: verdict.standing,
    because: verdict.because,
    happening: happeningOf(report),
  };
}
