import type { StorePosition } from '#kernel';
import type { UnderstoodFact } from '#events';
import type { Unavailable } from './stream-outcome.js';

/** One record as a source sent it, with the fact it was understood to tell. */
export interface Delivery {
  /** The account that delivered it. */
  readonly source: string;
  /** The delivery's own id: the same id with other bytes is quarantined. */
  readonly deliveryId: string;
  /** The bytes of this record alone, cut out of a batch or file at its borders. */
  readonly rawBody: Uint8Array;
  readonly fact: UnderstoodFact;
  /** The authenticated principal; not what the source claims. */
  readonly recordedBy: string;
  /** Names the code that understood the bytes, such as `cloudevents 1`. */
  readonly translatorVersion: string;
}

/** What became of a delivery. */
export type RecordOutcome =
  | {
      /** Written now, or repeated: the ledger held this very fact before. */
      readonly outcome: 'recorded' | 'repeated';
      readonly eventId: string;
      readonly leaf: string;
      readonly revision: number;
      /** A place in the store at or behind the event; null where it was not looked up again. */
      readonly position: StorePosition | null;
    }
  /** Kept and listed, never applied. */
  | {
      readonly outcome: 'quarantined';
      readonly code: string;
      readonly message: string;
      readonly field?: string;
    }
  /** The event store will not take it, whoever sends it again. */
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string }
  | Unavailable;
