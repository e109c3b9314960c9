import { type OwnThings, ownPartOf, type ResolvedEvent } from '#domain';
import { type AnyLedgerEvent, definitionOf } from '#events';
import { memoizeByObject } from '#kernel';
import type { Row } from '#projection-engine';
import { stageOf } from './stages.js';
import { foldedUnder } from './timeline-lines.js';

/**
 * An entry for each of the events of one timeline, in order of occurrence.
 *
 * @param own what the timeline is of, where an event may be of others as well.
 */
export function entryRows(
  subject: string,
  shown: readonly ResolvedEvent[],
  own?: OwnThings,
): readonly Row[] {
  const folds = foldedUnder(shown);
  return shown.map((resolved) =>
    entryRow(
      subject,
      resolved,
      folds.get(resolved.event.eventId) ?? null,
      textsFor(resolved.event, own),
    ),
  );
}

function entryRow(
  subject: string,
  { event, at, standing, because }: ResolvedEvent,
  lineOf: string | null,
  { data, personalData }: Texts,
): Row {
  const { occurrence, arrival } = event;
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
      stageOf(event.type),
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

/** What an entry shows of its event's data, as JSON. */
interface Texts {
  readonly data: string;
  readonly personalData: string | null;
}

function textsFor(event: AnyLedgerEvent, own: OwnThings | undefined): Texts {
  if (own === undefined) return wholeTextsOf(event);
  const { data, isWhole } = ownPartOf(event, own);
  return isWhole ? wholeTextsOf(event) : textsOf(event, data);
}

/** The same whenever the entry is derived again. */
const wholeTextsOf = memoizeByObject((event: AnyLedgerEvent) => textsOf(event, event.data));

function textsOf(event: AnyLedgerEvent, data: object): Texts {
  const fields = Object.entries(data);
  const sealedFields = definitionOf(event.type).personalData.map(({ field }) => field as string);
  const sealed = fields.filter(([field]) => sealedFields.includes(field));
  const open = fields.filter(([field]) => !sealedFields.includes(field));
  return {
    data: JSON.stringify(sealed.length === 0 ? data : Object.fromEntries(open)),
    personalData: sealed.length === 0 ? null : JSON.stringify(Object.fromEntries(sealed)),
  };
}
