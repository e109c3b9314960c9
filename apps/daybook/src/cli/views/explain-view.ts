import { readPositionToken } from '#kernel';
import type { Evidence } from '../../http/orders/get-evidence.query.js';
import type { OrderAnswer } from '../../http/orders/get-order.query.js';
import type { TimelineAnswer } from '../../http/orders/get-timeline.query.js';
import { orderLines } from './timeline-view.js';
import { whenOf } from './when.js';

/** An order as it is told, and what it rests on. */
export interface Explained {
  readonly order: OrderAnswer;
  readonly timeline: TimelineAnswer;
  readonly evidence: readonly Evidence[];
}

/** An order with, under each line of its timeline, the evidence it rests on. */
export function explainView({ order, timeline, evidence }: Explained): readonly string[] {
  const byEvent = new Map(evidence.map((each) => [each.eventId, each]));
  return [
    ...orderLines(order, timeline),
    '',
    `What it rests on, each time in ${timeline.zone}:`,
    ...timeline.items.flatMap((item) => [
      '',
      `${whenOf(item)}  ${item.words}`,
      ...evidenceLines(item, byEvent.get(item.eventId)),
      ...item.under.flatMap((other) => [
        `  ${standingWords[other.standing] ?? other.standing}: ${whenOf(other)}  ${other.words}`,
        ...evidenceLines(other, byEvent.get(other.eventId)).map((line) => `  ${line}`),
      ]),
    ]),
  ];
}

/** Why an event is told under another one. */
const standingWords: Readonly<Record<string, string>> = {
  effective: 'before that',
  corroborates: 'another witness',
  superseded: 'replaced',
  annulled: 'annulled',
};

type Told = TimelineAnswer['items'][number]['under'][number];

function evidenceLines(told: Told, evidence: Evidence | undefined): readonly string[] {
  const why = told.standingReason === null ? '' : ` by event ${told.standingReason}`;
  const position = positionWords(evidence?.position ?? null);
  return [
    `    ${told.type} (${told.kind}) from ${told.account}${countWords(evidence)}: ${told.standing}${why}`,
    `    event ${told.eventId} at ${told.leaf} revision ${told.revision}, sequence ${told.sequence}${position}`,
    `    recorded ${told.recordedAt}, ${deliveryWords(told, evidence)}`,
  ];
}

/** Where the source itself counts the record, and under which transaction and version it has it. */
function countWords(evidence: Evidence | undefined): string {
  const { sourceCount = null, transaction = null, version = null } = evidence ?? {};
  const { sequence, numberRange, span } = sourceCount ?? {};
  const words = [
    ...(sequence === undefined ? [] : [`number ${sequence}`]),
    ...(numberRange === undefined ? [] : [`of ${numberRange}`]),
    ...(span === undefined ? [] : [`in ${span}`]),
    ...(version === null ? [] : [`version ${version}`]),
    ...(transaction === null ? [] : [`transaction ${transaction}`]),
  ];
  return words.length === 0 ? '' : `, ${words.join(' ')}`;
}

function deliveryWords({ kind, deliveryDigest }: Told, evidence: Evidence | undefined): string {
  if (kind === 'decision') {
    const who = evidence?.actor ?? null;
    return who === null ? 'decided by Daybook' : `decided by Daybook for ${who}`;
  }
  const id = evidence?.deliveryId ?? null;
  const delivery = id === null ? 'raw delivery' : `delivery ${JSON.stringify(id)}, raw`;
  return `${delivery} ${deliveryDigest}`;
}

/** The place in the event store, as its own tools name it. */
function positionWords(token: string | null): string {
  const position = token === null ? undefined : readPositionToken(token);
  return position === undefined ? '' : `, position ${position.commit}`;
}
