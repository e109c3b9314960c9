import type { DestroyedKey, ErasureDeferred, ErasureRequested } from '#events';
import type { Decide, DecisionRefusal } from '../decision.js';
import type { ErasureRefusalCode } from './erasure-refusals.js';
import { type ErasureState, erasureStageOf } from './erasure-state.js';

type DecideErasure = Decide<ErasureState, ErasureRefusalCode>;

/** Asks for an erasure, and puts it off in the same moment where there is a reason to. */
export function requestErasure(
  request: ErasureRequested,
  deferral: ErasureDeferred | undefined,
): DecideErasure {
  return () => ({
    outcome: 'accepted',
    events: [
      { type: 'ErasureRequested', data: request },
      ...(deferral === undefined ? [] : [{ type: 'ErasureDeferred', data: deferral } as const]),
    ],
  });
}

/** Puts an erasure off, for the first time or once more. */
export function deferErasure(deferral: ErasureDeferred): DecideErasure {
  return (state) =>
    refusalUnlessOpen(state) ?? {
      outcome: 'accepted',
      events: [{ type: 'ErasureDeferred', data: deferral }],
    };
}

/** Says which keys are gone from now on; they are destroyed right after. */
export function destroyKeys(keys: readonly DestroyedKey[]): DecideErasure {
  return (state) =>
    refusalUnlessOpen(state) ?? {
      outcome: 'accepted',
      events: [{ type: 'SubjectKeyDestroyed', data: { keys: [...keys] } }],
    };
}

export const completeErasure: DecideErasure = (state) =>
  refusalUnlessOpen(state) ?? {
    outcome: 'accepted',
    events: [{ type: 'ErasureCompleted', data: { keysDestroyed: state.keys.length } }],
  };

function refusalUnlessOpen(state: ErasureState): DecisionRefusal<ErasureRefusalCode> | undefined {
  if (state.subjects.length === 0) {
    return { outcome: 'refused', code: 'erasure_unknown', message: 'Nobody asked for it.' };
  }
  if (erasureStageOf(state) !== 'completed') return undefined;
  return { outcome: 'refused', code: 'erasure_completed', message: 'It is completed.' };
}
