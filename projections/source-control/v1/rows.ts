import { type CountedFact, countedFactsOf, type SubjectView } from '#domain';
import { isEventType } from '#events';
import { categoryOf } from '#kernel';
import type { Projection, Row } from '#projection-engine';
import {
  authorityRuleTable,
  sourceFactTable,
  sourceNumberTable,
  sourceTotalTable,
} from './tables.js';

/** What sources sent, by their own count and by the ledger's, and how far they are believed. */
export const sourceControl: Projection<SubjectView> = {
  name: 'source_control',
  version: 1,
  tables: [sourceFactTable, sourceNumberTable, sourceTotalTable, authorityRuleTable],
  rowsOf: (view) => [...countedFactsOf(view).flatMap(countRows), ...registerRows(view)],
};

function countRows(fact: CountedFact): readonly Row[] {
  const { event, span, numberRange, sequence, stands, amount } = fact;
  const place = [event.account, span, numberRange];
  const minor = stands ? (amount?.minor ?? 0n) : 0n;
  const rows: Row[] = [];
  if (event.type !== 'EventCorrected') {
    const counts = stands ? [1, 0, minor] : [0, 1, minor];
    rows.push({
      table: 'source_fact',
      values: [...place, event.type, amount?.currency ?? '', ...counts],
    });
  }
  if (sequence !== null) rows.push({ table: 'source_number', values: [...place, sequence, 1] });
  return rows;
}

function registerRows(view: SubjectView): readonly Row[] {
  switch (categoryOf(view.subject)) {
    case 'source':
      return totalRows(view);
    case 'authority':
      return authorityRows(view);
    default:
      return [];
  }
}

function totalRows(view: SubjectView): readonly Row[] {
  return view.effective('SourceControlTotalReceived').map(({ event: { eventId, data } }) => ({
    table: 'source_total',
    values: [
      data.reporter,
      data.span,
      data.numberRange ?? '',
      data.records,
      data.firstSequence ?? null,
      data.lastSequence ?? null,
      JSON.stringify(data.sums ?? []),
      eventId,
    ],
  }));
}

function authorityRows(view: SubjectView): readonly Row[] {
  return view.effective('SourceAuthoritySet').flatMap(({ event: { eventId, data } }) => {
    const { eventType, reporter, legalEntity = '', channel = '', validFrom, rank } = data;
    // Of a type that nobody reads there is nothing to rank.
    if (!isEventType(eventType)) return [];
    const values = [eventType, reporter, legalEntity, channel, validFrom, rank, eventId];
    return [{ table: 'authority_rule', values }];
  });
}
