import { randomUUID } from 'node:crypto';
import type { EventStore, EventToAppend } from '#event-store';
import { readFact, storedMetadataOf } from '#events';
import { defaultLedgerPrefix, sha256Hex } from '#kernel';
import { simulate } from '#simulation';

/** The corpus is pinned: equal counts give equal events. */
const corpusSeed = 20_260_301;

/** An event with the stream it goes to. */
export interface CorpusEvent {
  readonly stream: string;
  readonly event: EventToAppend;
}

/**
 * The facts of simulated trading as the ledger stores them, with the envelope real ones have.
 * Personal data stands sealed, of the size that sealing gives it; repeats are left out.
 */
export function corpusOf(count: number): readonly CorpusEvent[] {
  return [...corpusEvents(count)];
}

/** The same, one after the other, so that a large corpus need not be held. */
export function* corpusEvents(count: number): Generator<CorpusEvent, void, void> {
  let left = count - 1;
  yield ledgerOpened();
  const seen = new Set<string>();
  for (const delivery of simulate({ seed: corpusSeed, events: count * 2 })) {
    if (left === 0) return;
    const reading = readFact(delivery, { zoneOf: () => undefined });
    if (reading.outcome === 'refused') continue;
    if (seen.has(reading.eventId)) continue;
    seen.add(reading.eventId);
    const raw = JSON.stringify(delivery);
    const metadata = storedMetadataOf(reading.fact, {
      recordedAt: '2026-11-01T10:00:00.000Z',
      recordedBy: 'loopback',
      deliveryDigest: sha256Hex(raw),
      translatorVersion: 'cloudevents 1',
    });
    const { eventId, type, data } = reading.fact;
    left -= 1;
    yield {
      stream: `${defaultLedgerPrefix}${reading.leaf}`,
      event: { eventId, type, data: sealed(data), metadata },
    };
  }
}

/** What sealing leaves of a customer, a recipient or a signature. */
function sealed(data: object): object {
  const fields = Object.entries(data).map(([field, value]) =>
    ['customer', 'recipient', 'signedBy'].includes(field)
      ? [
          field,
          {
            keyId: '00000000-0000-4000-8000-000000000000',
            nonce: 'AAAAAAAAAAAAAAAA',
            ciphertext: Buffer.alloc(JSON.stringify(value).length + 16).toString('base64url'),
          },
        ]
      : [field, value],
  );
  return Object.fromEntries(fields) as object;
}

function ledgerOpened(): CorpusEvent {
  return {
    stream: `${defaultLedgerPrefix}ledger-main`,
    event: {
      eventId: 'f9b81100-6aef-5bfe-b8c1-0c2b0f4a23a8',
      type: 'LedgerOpened',
      data: { ledgerId: randomUUID(), schemeVersion: 1 },
      metadata: {
        schemaVersion: 1,
        kind: 'decision',
        account: 'daybook',
        occurredAt: '2026-01-01T00:00:00.000Z',
        precision: 'instant',
        notBefore: null,
        notAfter: null,
        recordedAt: '2026-11-01T10:00:00.000Z',
        recordedBy: 'daybook',
        deliveryDigest: '',
        translatorVersion: '1',
      },
    },
  };
}

/** Writes the corpus in its order; events that follow each other on a stream go together. */
export async function writeCorpus(store: EventStore, corpus: Iterable<CorpusEvent>): Promise<void> {
  const revisions = new Map<string, number>();
  const inFlightMax = 512;
  const inFlight = new Map<string, Promise<void>>();
  for (const { stream, event } of corpus) {
    await inFlight.get(stream);
    if (inFlight.size >= inFlightMax) await Promise.race(inFlight.values());
    const revision = revisions.get(stream);
    revisions.set(stream, (revision ?? -1) + 1);
    const append = store
      .append({ stream, expectedRevision: revision ?? 'no_stream', events: [event] })
      .then((outcome) => {
        if (outcome.outcome !== 'appended')
          throw new Error(`${stream}: ${JSON.stringify(outcome)}`);
        inFlight.delete(stream);
      });
    inFlight.set(stream, append);
    // Nothing may come before the event that opens the ledger.
    if (event.type === 'LedgerOpened') await append;
  }
  await Promise.all(inFlight.values());
}
