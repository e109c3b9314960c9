import type { JsonValue, StorePosition } from '#kernel';
import type { RecordingRefusalCode } from './refusal-registry.js';

/** It cannot be said now; the same request may be sent again and takes effect once. */
export interface Unavailable {
  readonly outcome: 'unavailable';
  readonly code: RecordingRefusalCode;
  readonly message: string;
}

export function unavailable(code: RecordingRefusalCode, message: string): Unavailable {
  return { outcome: 'unavailable', code, message };
}

export interface WrittenEvent {
  readonly eventId: string;
  readonly revision: number;
}

/** What became of one fact or decision on its stream. */
export type StreamOutcome =
  | {
      readonly outcome: 'written';
      /** False where the events stood on the stream before. */
      readonly isNew: boolean;
      readonly events: readonly WrittenEvent[];
      /** At or behind the events; a model that holds it holds them. */
      readonly position: StorePosition | null;
    }
  | {
      readonly outcome: 'refused';
      readonly code: string;
      readonly message: string;
      readonly field?: string;
      readonly details?: Readonly<Record<string, JsonValue>>;
    }
  | Unavailable;
