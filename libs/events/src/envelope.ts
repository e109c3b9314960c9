import type { Occurrence } from '#kernel';

/** Whether a system observed it or Daybook decided it. */
export type EventKind = 'fact' | 'decision';

/**
 * What describes an event apart from its own fields and takes part in its identity.
 * It is what folds may read; everything else about an event is arrival.
 */
export interface EventEnvelope {
  readonly leaf: string;
  readonly kind: EventKind;
  /** The registered account that reports it: `shopify.store_eu`. */
  readonly account: string;
  readonly occurrence: Occurrence;
  /** The source object's version, as the source wrote it: digits, on classes that carry versions. */
  readonly version: string | null;
  /** The reporting account's own transaction id, where it does not know the provider's. */
  readonly transaction: string | null;
  /**
   * The raw ids of the thing it is about, as the source wrote them; there where its leaf had to be
   * shortened and no longer tells them. The leaf's hash covers them, and so the id does.
   */
  readonly objectParts?: readonly string[];
}

/**
 * Where a source itself counts a record: compared with the source's own totals, and with nothing
 * else. It is no part of what the record tells, so the same fact counted elsewhere is a repeat.
 */
export interface SourceCount {
  /** The business day or the batch; left out, it is the day on which the fact happened. */
  readonly span?: string;
  /** Which of its number ranges the number is of, where the source has several. */
  readonly numberRange?: string;
  /** The record's number in the range, from zero. */
  readonly sequence?: number;
}

/** When and how Daybook got to know of an event; never folded, keyed or posted. */
export interface Arrival {
  readonly recordedAt: string;
  readonly recordedBy: string;
  /** SHA-256 of the delivery's raw bytes. */
  readonly deliveryDigest: string;
  readonly translatorVersion: string;
  readonly revision: number;
  /** The event's 0-based rank among the ledger's events in `$all`. */
  readonly sequence: number;
  readonly sourceCount?: SourceCount;
}

/** An event as the ledger holds it. */
export interface LedgerEvent<Type extends string = string, Data = unknown> extends EventEnvelope {
  readonly eventId: string;
  readonly type: Type;
  readonly data: Data;
  readonly arrival: Arrival;
}

/** A fact or decision that is not recorded yet. */
export interface NewEvent<Type extends string = string, Data = unknown> extends EventEnvelope {
  readonly eventId: string;
  readonly type: Type;
  readonly data: Data;
}

/** An event's metadata as it is stored. At most {@link metadataBytesMax} bytes of JSON. */
export interface StoredMetadata {
  readonly schemaVersion: number;
  readonly kind: EventKind;
  readonly account: string;
  readonly occurredAt: string | null;
  readonly precision: Occurrence['precision'];
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly version?: string;
  readonly transaction?: string;
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly deliveryDigest: string;
  readonly translatorVersion: string;
  /** The time's offset as the source wrote it, such as `+02:00`; shown to people, never folded. */
  readonly sourceOffset?: string;
  /** Where the source counts the record, as it said. */
  readonly sourceCount?: SourceCount;
  /** The object's ids as the source wrote them, where its leaf had to be shortened. */
  readonly objectParts?: readonly string[];
  /** What the source says of who acted; never taken for who recorded. */
  readonly actor?: string;
}

export const metadataBytesMax = 2_048;
/** The most bytes an event's data may have as JSON. */
export const eventBytesMax = 768 * 1_024;
