import type { AnyLedgerEvent } from '#events';
import { zoneOfAccount } from '../reference-data.js';
import { compareByOccurrence, type Report } from '../resolution/report.js';
import { settleStatements } from '../resolution/statement.js';
import type { SubjectView } from '../subject-view.js';
import { spanOf } from './business-day.js';
import { type ControlAmount, controlAmountOf } from './control-amount.js';

/** A report as its source counts it. */
export interface CountedFact {
  readonly event: AnyLedgerEvent;
  readonly span: string;
  /** Empty where the source has one range, or gives no numbers. */
  readonly numberRange: string;
  readonly sequence: number | null;
  /** False for what was corrected away: it was sent and has its number, but moves no sum. */
  readonly stands: boolean;
  readonly amount: ControlAmount | null;
}

/**
 * The facts of the view's own home as their sources count them: a repeat is no other fact, several
 * statements of one report count once, as the one that counts says, and what is corrected away does
 * not. Daybook's decisions are no records of a source, and neither is what it says of its records; a
 * correction is one by its number alone.
 */
export function countedFactsOf(view: SubjectView): readonly CountedFact[] {
  const own = (view.homes.get(view.subject) ?? []).filter(isSent);
  if (own.length === 0) return [];
  const annulled = annulledIds(view);
  const standing = own.filter(({ factId }) => !annulled.has(factId));
  const standingStatements = new Set(standing.map(({ statement }) => statement));
  const gone = own.filter(({ statement }) => !standingStatements.has(statement));
  return [
    ...oneAStatement(standing).map((report) => counted(view, report, true)),
    ...oneAStatement(gone).map((report) => counted(view, report, false)),
  ];
}

function isSent({ event }: Report): boolean {
  return event.kind === 'fact' && event.type !== 'SourceControlTotalReceived';
}

const none: ReadonlySet<string> = new Set();

/** Nothing is judged where nothing was corrected, since that is so for nearly all. */
function annulledIds(view: SubjectView): ReadonlySet<string> {
  if (![...view.homes.values()].some((reports) => reports.some(isCorrection))) return none;
  return new Set(
    view.events.filter(({ standing }) => standing === 'annulled').map(({ event }) => event.eventId),
  );
}

function isCorrection({ event }: Report): boolean {
  return event.type === 'EventCorrected';
}

function oneAStatement(reports: readonly Report[]): readonly Report[] {
  return reports.length < 2
    ? reports
    : settleStatements([...reports].sort(compareByOccurrence)).winners;
}

function counted(view: SubjectView, { event }: Report, stands: boolean): CountedFact {
  const { numberRange = '', sequence = null } = event.arrival.sourceCount ?? {};
  return {
    event,
    span: spanOf(event, zoneOfAccount(view.reference, event.account)),
    numberRange,
    sequence,
    stands,
    amount: controlAmountOf(event),
  };
}
