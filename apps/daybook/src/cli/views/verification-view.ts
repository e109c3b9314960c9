import type { Difference, VerifyOutcome } from '#projection-engine';
import { formatCount } from './table.js';

/** What was checked and every difference that was found. */
export function verificationView(report: VerifyOutcome): readonly string[] {
  if (report.outcome === 'refused') return [`Not verified: ${report.message}`];
  const { applied, stored, differences, differencesTotal } = report;
  const sameEvents = applied.events === stored.events && applied.digestSum === stored.digestSum;
  return [
    `Ledger: ${formatCount(stored.events)} events read again, digest sum ${stored.digestSum}.`,
    sameEvents
      ? 'Applied to the tables: the same events.'
      : `Applied to the tables: ${formatCount(applied.events)} events, digest sum ${applied.digestSum}: NOT the same.`,
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
