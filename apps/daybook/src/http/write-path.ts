import {
  allocationFold,
  type AllocationState,
  creditFold,
  type CreditState,
  type ReferenceData,
  type StreamEvents,
  streamEventsFold,
  type StreamFold,
} from '#domain';
import type { Recorder } from '#recording';

/** What the commands of the API need to record facts and take decisions. */
export class WritePath {
  /** One fold for all decisions of a kind: the recorder keeps states by it. */
  readonly allocationFold: StreamFold<AllocationState>;
  readonly creditFold: StreamFold<CreditState>;
  /** For streams that are small enough to be judged whole: orders and transfers. */
  readonly eventsFold: StreamFold<StreamEvents>;

  constructor(
    readonly recorder: Recorder,
    readonly referenceData: ReferenceData,
  ) {
    this.allocationFold = allocationFold(referenceData);
    this.creditFold = creditFold(referenceData);
    this.eventsFold = streamEventsFold(referenceData);
  }
}

/** Who recorded what came in: whoever may reach the loopback interface of this machine. */
export const localPrincipal = 'local';
