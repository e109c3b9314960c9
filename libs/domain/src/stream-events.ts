import type { AnyLedgerEvent } from '#events';
import type { StreamFold } from './decision.js';
import type { ReferenceData } from './reference-data.js';
import { reportOf } from './resolution/report.js';
import { type SubjectView, subjectViewOf } from './subject-view.js';

/** A stream's own events, where it is small enough to be judged whole for each decision. */
export interface StreamEvents {
  readonly events: readonly AnyLedgerEvent[];
  readonly reference: ReferenceData;
}

export function streamEventsFold(reference: ReferenceData): StreamFold<StreamEvents> {
  return {
    initial: () => ({ events: [], reference }),
    branch: (state) => state,
    evolve: (state, event) => ({ reference, events: [...state.events, event] }),
  };
}

/** What a stream tells by itself, judged as a subject is. */
export function streamViewOf({ events, reference }: StreamEvents): SubjectView {
  const subject = events[0]?.leaf ?? '';
  const homes = new Map([[subject, events.map((event) => reportOf(event, reference))]]);
  return subjectViewOf({ subject, homes, referenceHomes: new Map(), absorbed: [] }, reference);
}
