import type { DecidedEvent, DecisionResult } from '#domain';
import type { AnyFold } from './known-stream.js';
import type { PreparedEvent } from './prepared-event.js';
import type { StreamOutcome } from './stream-outcome.js';

/** A fact that waits for its stream. */
export interface WaitingFact {
  readonly kind: 'fact';
  readonly event: PreparedEvent;
  /** Its delivery was kept before and its outcome is not known: the event may stand already. */
  readonly mayStand: boolean;
  readonly settle: (outcome: StreamOutcome) => void;
  /** An invariant broke: nothing is said about the stream. */
  readonly fail: (error: unknown) => void;
}

/** A command that waits to be decided on its stream. */
export interface WaitingDecision {
  readonly kind: 'decision';
  readonly fold: AnyFold;
  readonly decide: (state: unknown) => DecisionResult;
  /** The ids its events will have, by step. */
  readonly eventIdOf: (step: number) => string;
  readonly prepare: (decided: readonly DecidedEvent[]) => PreparedDecision;
  readonly settle: (outcome: StreamOutcome) => void;
  /** An invariant broke: nothing is said about the stream. */
  readonly fail: (error: unknown) => void;
}

export type PreparedDecision =
  | { readonly outcome: 'prepared'; readonly events: readonly PreparedEvent[] }
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string };

export type WaitingWork = WaitingFact | WaitingDecision;
