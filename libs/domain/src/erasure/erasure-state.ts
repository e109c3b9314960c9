import type { AnyLedgerEvent, DestroyedKey, ErasureDeferred, ErasureSubject } from '#events';
import type { StreamFold } from '../decision.js';

/** What the events of one erasure come to. */
export interface ErasureState {
  /** Empty before it was asked for. */
  readonly subjects: readonly ErasureSubject[];
  readonly openOrders: number;
  readonly requestedAt: string | null;
  /** The last deferral; it stands until the keys are destroyed. */
  readonly deferral: ErasureDeferred | null;
  /** Keys that are destroyed, or are to be as soon as a process looks at it. */
  readonly keys: readonly DestroyedKey[];
  readonly completedAt: string | null;
}

const initialState: ErasureState = Object.freeze({
  subjects: [],
  openOrders: 0,
  requestedAt: null,
  deferral: null,
  keys: [],
  completedAt: null,
});

/** One fold for all erasures: the recorder keeps states by it. */
export const erasureFold: StreamFold<ErasureState> = {
  initial: () => initialState,
  branch: (state) => state,
  evolve: evolveErasure,
};

function evolveErasure(state: ErasureState, event: AnyLedgerEvent): ErasureState {
  const { occurredAt } = event.occurrence;
  switch (event.type) {
    case 'ErasureRequested':
      return {
        ...state,
        subjects: event.data.subjects,
        openOrders: event.data.openOrders,
        requestedAt: occurredAt,
      };
    case 'ErasureDeferred':
      return { ...state, deferral: event.data };
    case 'SubjectKeyDestroyed':
      return { ...state, keys: [...state.keys, ...event.data.keys] };
    case 'ErasureCompleted':
      return { ...state, completedAt: occurredAt };
    default:
      return state;
  }
}

export type ErasureStage = 'requested' | 'deferred' | 'destroying' | 'completed';

/** How far an erasure is; `destroying` is left only for `completed`. */
export function erasureStageOf(state: ErasureState): ErasureStage {
  if (state.completedAt !== null) return 'completed';
  if (state.keys.length > 0) return 'destroying';
  return state.deferral === null ? 'requested' : 'deferred';
}
