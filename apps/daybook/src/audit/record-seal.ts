import type { PublishedSeal, SealTarget, SignerKey } from '#audit';
import type { EventStore, EventToAppend, RecordedEvent } from '#event-store';
import { type EventData, type NewEvent, storedMetadataOf } from '#events';
import { decisionIdOf, defaultLedgerPrefix, leafOf, sha256Hex } from '#kernel';
import { DaybookStartError } from '../composition/start-error.js';

/** The stream of the ledger's own that says what was sealed, and where the seal was brought. */
export const sealsLeaf = leafOf('ledger', ['seals']);

const stream = `${defaultLedgerPrefix}${sealsLeaf}`;
const attemptsMax = 5;
/** How far back a seal is looked for that was published and, perhaps, not recorded. */
const lookedAtEventsMax = 256;

export interface SealToRecord {
  readonly seal: PublishedSeal;
  /** Left out where that is not known any more: then where its last recorded seal ends. */
  readonly fromSequence?: number;
  readonly target: Pick<SealTarget, 'kind' | 'place'>;
  readonly key: SignerKey;
  /** When it was published: UTC, `YYYY-MM-DDTHH:MM:SS.sssZ`. */
  readonly now: string;
}

/**
 * Records a publication as the decision that it was, once: the same seal at the same target has the
 * same id. The event is itself covered by the next seal.
 *
 * @returns whether it was recorded now, or had been before
 */
export async function recordSeal(
  store: EventStore,
  record: SealToRecord,
): Promise<'recorded' | 'known'> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const standing = await newestSeals(store);
    const event = sealEventOf(record, record.fromSequence ?? endOfLastSeal(standing, record));
    if (standing.some(({ eventId }) => eventId === event.eventId)) return 'known';
    const appended = await store.append({
      stream,
      expectedRevision: standing[0]?.revision ?? 'no_stream',
      events: [toAppend(event, record.now)],
    });
    if (appended.outcome === 'appended') return 'recorded';
    if (appended.outcome === 'conflict') continue;
    throw notRecorded(appended.message);
  }
  throw notRecorded('others keep writing to it');
}

async function newestSeals(store: EventStore): Promise<readonly RecordedEvent[]> {
  const read = await store.readStream({
    stream,
    fromRevision: 'end',
    direction: 'backwards',
    eventsMax: lookedAtEventsMax,
  });
  return read.outcome === 'read' ? read.events : [];
}

function endOfLastSeal(events: readonly RecordedEvent[], { target }: SealToRecord): number {
  const seals = events.map(({ data }) => data as EventData<'SealPublished'>);
  return seals.find((seal) => seal.target.place === target.place)?.size ?? 0;
}

function toAppend(event: SealEvent, now: string): EventToAppend {
  const { eventId, type, data } = event;
  const metadata = storedMetadataOf(event, {
    recordedAt: now,
    recordedBy: 'daybook',
    deliveryDigest: '',
    translatorVersion: 'decision 1',
  });
  return { eventId, type, data, metadata };
}

type SealEvent = NewEvent<'SealPublished', EventData<'SealPublished'>>;

function sealEventOf(
  { seal: { checkpoint, note }, target: { kind, place }, key, now }: SealToRecord,
  fromSequence: number,
): SealEvent {
  const idempotencyKey = `${kind} ${place} ${checkpoint.size}`;
  const identity = { client: 'daybook', route: 'seal', idempotencyKey, leaf: sealsLeaf, step: '0' };
  return {
    eventId: decisionIdOf(identity),
    type: 'SealPublished',
    leaf: sealsLeaf,
    kind: 'decision',
    account: 'daybook',
    occurrence: { occurredAt: now, precision: 'instant', notBefore: null, notAfter: null },
    version: null,
    transaction: null,
    data: {
      size: checkpoint.size,
      fromSequence,
      rootHash: checkpoint.root.toString('hex'),
      checkpoint: note,
      checkpointDigest: sha256Hex(note),
      keyId: key.verifier.keyId,
      target: { kind, place },
    },
  };
}

function notRecorded(message: string): DaybookStartError {
  return new DaybookStartError(
    'seal_not_recorded',
    `The seal was published, and could not be recorded on ${sealsLeaf}: ${message}. Seal again; it is then recorded.`,
  );
}
