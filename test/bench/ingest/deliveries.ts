import { readFact, storedMetadataOf } from '#events';
import { defaultLedgerPrefix, sha256Hex } from '#kernel';
import { simulate } from '#simulation';
import type { CorpusEvent } from '../corpus.js';

const corpusSeed = 20_260_301;

/** One delivery of the pinned trading, with the event that recording makes of it. */
export interface PreparedDelivery extends CorpusEvent {
  /** The delivery's own id, which tells it from the others of its source. */
  readonly name: string;
  readonly delivery: object;
}

/** The deliveries of simulated trading in their order; each is a new fact of its own. */
export function deliveriesOf(count: number): readonly PreparedDelivery[] {
  const prepared: PreparedDelivery[] = [];
  const seen = new Set<string>();
  for (const delivery of simulate({ seed: corpusSeed, events: count * 2 })) {
    if (prepared.length === count) return prepared;
    const reading = readFact(delivery, { zoneOf: () => undefined });
    if (reading.outcome === 'refused' || seen.has(reading.eventId)) continue;
    seen.add(reading.eventId);
    const { eventId, type, data, leaf } = reading.fact;
    const metadata = storedMetadataOf(reading.fact, {
      recordedAt: '2026-11-01T10:00:00.000Z',
      recordedBy: 'local',
      deliveryDigest: sha256Hex(JSON.stringify(delivery)),
      translatorVersion: 'cloudevents 1',
    });
    const event = { eventId, type, data, metadata };
    const stream = `${defaultLedgerPrefix}${leaf}`;
    prepared.push({ name: nameOf(delivery), delivery, stream, event });
  }
  throw new Error(`The trading has only ${prepared.length} of ${count} new facts.`);
}

/** The name of a delivery: its source and its id. */
export function nameOf(delivery: object): string {
  const { source, id } = delivery as { readonly source: string; readonly id: string };
  return `${source} ${id}`;
}
