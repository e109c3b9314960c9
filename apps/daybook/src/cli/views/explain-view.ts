import type { OrderAnswer } from '../../http/orders/get-order.query.js';
import type { TimelineAnswer } from '../../http/orders/get-timeline.query.js';
import { orderLines } from './timeline-view.js';
import { whenOf } from './when.js';

/** An order with, under each line of its timeline, the evidence it rests on. */
export function explainView(order: OrderAnswer, timeline: TimelineAnswer): readonly string[] {
  return [
    ...orderLines(order, timeline),
    '',
    `What it rests on, each time in ${timeline.zone}:`,
    ...timeline.items.flatMap((item) => [
      '',
      `${whenOf(item)}  ${item.words}`,
      ...evidenceLines(item),
      ...item.under.flatMap((other) => [
        `  ${standingWords[other.standing] ?? other.standing}: ${whenOf(other)}  ${other.words}`,
        ...evidenceLines(other).map((line) => `  ${line}`),
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

type Evidence = TimelineAnswer['items'][number]['under'][number];

function evidenceLines(entry: Evidence): readonly string[] {
  const why = entry.standingReason === null ? '' : ` by event ${entry.standingReason}`;
  return [
    `    ${entry.type} (${entry.kind}) from ${entry.account}: ${entry.standing}${why}`,
    `    event ${entry.eventId} at ${entry.leaf} revision ${entry.revision}, sequence ${entry.sequence}`,
    `    recorded ${entry.recordedAt}, raw delivery ${entry.deliveryDigest || 'none: decided by Daybook'}`,
  ];
}
