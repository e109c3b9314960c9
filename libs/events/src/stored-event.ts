import type { AnyLedgerEvent, EventType } from './registry.js';
import { isEventType } from './registry.js';
import type { Arrival, NewEvent, StoredMetadata } from './envelope.js';
import { definitionOf } from './registry.js';
import { dataInNewestVersion } from './upcasting.js';

/** What recording adds to an event as it is stored. */
export type RecordingStamp = Pick<
  StoredMetadata,
  | 'recordedAt'
  | 'recordedBy'
  | 'deliveryDigest'
  | 'translatorVersion'
  | 'sourceOffset'
  | 'sourceCount'
  | 'actor'
>;

/** The metadata an event is stored with. */
export function storedMetadataOf(
  event: NewEvent<EventType>,
  stamp: RecordingStamp,
): StoredMetadata {
  const { occurredAt, precision, notBefore, notAfter } = event.occurrence;
  return {
    schemaVersion: definitionOf(event.type).schemaVersion,
    kind: event.kind,
    account: event.account,
    occurredAt,
    precision,
    notBefore,
    notAfter,
    ...(event.version === null ? {} : { version: event.version }),
    ...(event.transaction === null ? {} : { transaction: event.transaction }),
    ...(event.objectParts === undefined ? {} : { objectParts: event.objectParts }),
    ...stamp,
  };
}

/** An event as a store gives it back, before the catalogue has looked at it. */
export interface StoredEvent {
  readonly leaf: string;
  readonly eventId: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly revision: number;
  readonly sequence: number;
}

/** Why a stored event cannot be read: it parks, it is never skipped. */
export interface UnreadableEvent {
  readonly outcome: 'unreadable';
  readonly code: 'event_type_unknown' | 'schema_version_unknown' | 'metadata_unreadable';
  readonly message: string;
}

export type ReadEvent =
  { readonly outcome: 'read'; readonly event: AnyLedgerEvent } | UnreadableEvent;

/** Reads a stored event into a plain object that folds can take. */
export function readStoredEvent(stored: StoredEvent): ReadEvent {
  const { type, leaf, eventId } = stored;
  const at = `${leaf} at revision ${stored.revision}`;
  if (!isEventType(type)) {
    return unreadable(
      'event_type_unknown',
      `${at} has the type ${type}, which this build does not know.`,
    );
  }
  const metadata = stored.metadata as Partial<StoredMetadata> | null | undefined;
  if (!metadata || typeof metadata.account !== 'string' || metadata.precision === undefined) {
    return unreadable('metadata_unreadable', `${at} has no metadata of this ledger.`);
  }
  const data = dataInNewestVersion(definitionOf(type), metadata.schemaVersion, stored.data);
  if (data === undefined) {
    return unreadable(
      'schema_version_unknown',
      `${at} is ${type} version ${String(metadata.schemaVersion)}, which this build cannot read.`,
    );
  }
  const event = {
    eventId,
    type,
    leaf,
    kind: metadata.kind ?? 'fact',
    account: metadata.account,
    occurrence: {
      occurredAt: metadata.occurredAt ?? null,
      precision: metadata.precision,
      notBefore: metadata.notBefore ?? null,
      notAfter: metadata.notAfter ?? null,
    },
    version: metadata.version ?? null,
    transaction: metadata.transaction ?? null,
    ...(metadata.objectParts === undefined ? {} : { objectParts: metadata.objectParts }),
    data,
    arrival: arrivalOf(metadata, stored),
  };
  return { outcome: 'read', event: event as AnyLedgerEvent };
}

function arrivalOf(metadata: Partial<StoredMetadata>, stored: StoredEvent): Arrival {
  return {
    recordedAt: metadata.recordedAt ?? '',
    recordedBy: metadata.recordedBy ?? '',
    deliveryDigest: metadata.deliveryDigest ?? '',
    translatorVersion: metadata.translatorVersion ?? '',
    revision: stored.revision,
    sequence: stored.sequence,
    ...(metadata.sourceCount === undefined ? {} : { sourceCount: metadata.sourceCount }),
  };
}

function unreadable(code: UnreadableEvent['code'], message: string): UnreadableEvent {
  return { outcome: 'unreadable', code, message };
}
