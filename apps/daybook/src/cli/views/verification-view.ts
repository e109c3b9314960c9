import type { CategoryDifference, Difference, DifferingEvent } from '#projection-engine';
import type { VerificationReport } from '../../verification.js';
import { formatCount } from './table.js';

/** What was checked and every difference that was found. */
export function verificationView(report: VerificationReport): readonly string[] {
  if (report.outcome === 'refused') return [`Not verified: ${report.message}`];
  return [...eventLines(report), ...(report.mode === 'sums' ? sumLines(report) : rowLines(report))];
}

type Compared = Exclude<VerificationReport, { readonly outcome: 'refused' }>;

function eventLines(report: Compared): readonly string[] {
  const { applied, stored, categories } = report;
  const sameEvents =
    applied.events === stored.events &&
    applied.digestSum === stored.digestSum &&
    categories.length === 0;
  return [
    `Ledger: ${formatCount(stored.events)} events read again, digest sum ${stored.digestSum}.`,
    sameEvents
      ? 'Applied to the tables: the same events.'
      : `Applied to the tables: ${formatCount(applied.events)} events, digest sum ${applied.digestSum}: NOT the same.`,
    ...leftOutLines(report),
    ...categories.map(categoryLine),
  ];
}

/** What was applied in name only: it is counted, and yet in no row. */
function leftOutLines({ parkedEvents, skippedEvents }: Compared): readonly string[] {
  const parked = `${formatCount(parkedEvents)} of them are parked and in no row yet: see daybook parked list.`;
  const skipped = `${formatCount(skippedEvents)} of them are left out by a recorded decision.`;
  return [...(parkedEvents > 0 ? [parked] : []), ...(skippedEvents > 0 ? [skipped] : [])];
}

function categoryLine({ category, applied, stored }: CategoryDifference): string {
  const counts = `${formatCount(applied.events)} applied, ${formatCount(stored.events)} in the store`;
  return applied.events === stored.events
    ? `  category ${category}: ${counts}, with other digests`
    : `  category ${category}: ${counts}`;
}

function sumLines(report: Extract<Compared, { readonly mode: 'sums' }>): readonly string[] {
  const { categoriesCompared, events, eventsTotal, outcome } = report;
  const left = 'The rows themselves were not looked at; daybook verify --full derives each again.';
  if (outcome === 'equal') {
    return [`Sums of ${formatCount(categoriesCompared)} categories: no difference. ${left}`];
  }
  if (eventsTotal === 0) {
    return [
      'Every event of those categories is kept once: only what was counted differs, or metadata.',
      left,
    ];
  }
  return [
    `${formatCount(eventsTotal)} events differ${events.length < eventsTotal ? `, the first ${events.length}` : ''}:`,
    ...events.map(differingEventLine),
    left,
  ];
}

function differingEventLine({ kind, leaf, revision, eventId }: DifferingEvent): string {
  const place = revision === undefined ? '' : `, revision ${revision}`;
  return `  ${kind.replace('_', ' ')} ${eventId} of ${leaf}${place}`;
}

function rowLines(report: Extract<Compared, { readonly mode: 'full' }>): readonly string[] {
  const { differences, differencesTotal } = report;
  return [
    `Tables: ${formatCount(report.rowsCompared)} rows derived again and compared column by column.`,
    differencesTotal === 0
      ? 'No difference.'
      : `${formatCount(differencesTotal)} differences${differences.length < differencesTotal ? `, the first ${differences.length}` : ''}:`,
    ...differences.flatMap(differenceLines),
  ];
}

function differenceLines(difference: Difference): readonly string[] {
  const { kind, table, primaryKey, subject, revision, column } = difference;
  const key = Object.entries(primaryKey).map(([name, value]) => `${name}=${value ?? 'null'}`);
  const from =
    subject === undefined
      ? []
      : [`  from ${subject}${revision === undefined ? '' : `, revision ${revision}`}`];
  const values =
    column === undefined
      ? []
      : [
          `  ${column}: expected ${difference.expected ?? 'null'}`,
          `  ${column}: found    ${difference.found ?? 'null'}`,
        ];
  return [`${kind.replace('_', ' ')} in ${table} (${key.join(', ')})`, ...from, ...values];
}
