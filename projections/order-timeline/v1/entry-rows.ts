import type { ResolvedEvent } from '#domain';
import { type AnyLedgerEvent, definitionOf } from '#events';
import { memoizeByObject } from '#kernel';
import type { Row } from '#projection-engine';
import { foldedUnder } from './timeline-lines.js';

/** An entry for each of the events of one timeline, in order of occurrence. */
export function entryRows(subject: string, shown: readonly ResolvedEvent[]): readonly Row[] {
  const folds = foldedUnder(shown);
  return shown.map((resolved) =>
    entryRow(subject, resolved, folds.get(resolved.event.eventId) ?? null),
  );
}

function entryRow(
  subject: string,
  { event, at, standing, because }: ResolvedEvent,
  lineOf: string | null,
): Row {
  const { occurrence, arrival } = event;
  const { data, personalData } = textsOf(event);
  return {
    table: 'entry',
    values: [
      subject,
      event.eventId,
      event.type,
      event.kind,
      event.account,
      occurrence.occurredAt,
      occurrence.precision,
      occurrence.notBefore,
      occurrence.notAfter,
      at,
      standing,
      because,
      lineOf,
      event.leaf,
      data,
      personalData,
      arrival.recordedAt,
      arrival.revision,
      arrival.sequence,
      arrival.deliveryDigest,
    ],
  };
}

/** What an entry shows of its event alone, the same whenever the entry is derived again. */
const textsOf = memoizeByObject((event: AnyLedgerEvent) => {
  const fields = Object.entries(event.data);
  const sealedFields = definitionOf(event.type).personalData.map(({ field }) => field as string);
  const sealed = fields.filter(([field]) => sealedFields.includes(field));
  const open = fields.filter(([field]) => !sealedFields.includes(field));
  return {
    data: JSON.stringify(sealed.length === 0 ? event.data : Object.fromEntries(open)),
    personalData: sealed.length === 0 ? null : JSON.stringify(Object.fromEntries(sealed)),
  };
});
