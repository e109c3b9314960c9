import { erasureFold, type ErasureStage, erasureStageOf, type ErasureState } from '#domain';
import type { AnyLedgerEvent, DeferralCause, ErasureSubject } from '#events';
import type { ErasureEntry } from '../../../../projections/order-timeline/v1/person-queries.js';

/** One erasure as it stands; persons are keyed digests here too. */
export interface ErasureView {
  readonly erasureId: string;
  readonly stage: ErasureStage;
  readonly subjects: readonly ErasureSubject[];
  readonly requestedAt: string | null;
  /** Orders that were not finished when it was asked for. */
  readonly openOrders: number;
  /** The day a deferred erasure is looked at again; null where it is not deferred. */
  readonly until: string | null;
  readonly cause: DeferralCause | null;
  readonly legalBasis: string | null;
  /** Keys of subjects that are destroyed; the keys of their raw deliveries are not counted. */
  readonly keysDestroyed: number;
  readonly completedAt: string | null;
}

const leafPrefix = 'erasure-';

export function erasureLeaf(erasureId: string): string {
  return `${leafPrefix}${erasureId}`;
}

export function erasureView(leaf: string, state: ErasureState): ErasureView {
  const stage = erasureStageOf(state);
  const deferral = stage === 'deferred' ? state.deferral : null;
  return {
    erasureId: leaf.slice(leafPrefix.length),
    stage,
    subjects: state.subjects,
    requestedAt: state.requestedAt,
    openOrders: state.openOrders,
    until: deferral?.until ?? null,
    cause: deferral?.cause ?? null,
    legalBasis: deferral?.legalBasis ?? null,
    keysDestroyed: state.keys.length,
    completedAt: state.completedAt,
  };
}

/** The erasures that rows of a timeline tell of, in the rows' order. */
export function erasuresIn(entries: readonly ErasureEntry[]): readonly ErasureView[] {
  const states = new Map<string, ErasureState>();
  for (const { leaf, type, data, occurredAt } of entries) {
    const event = { leaf, type, data, occurrence: { occurredAt } } as unknown as AnyLedgerEvent;
    states.set(leaf, erasureFold.evolve(states.get(leaf) ?? erasureFold.initial(), event));
  }
  return [...states].map(([leaf, state]) => erasureView(leaf, state));
}
