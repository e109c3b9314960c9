import { comparePositions, type StorePosition } from '#kernel';

/** For how long the read models may stand still before the tail until that is called a stall. */
export const stallMilliseconds = 30_000;

/** Where the read models stand, and where the ledger ends by an independent read. */
export interface ProjectorSighting {
  readonly sequence: number;
  readonly position: StorePosition | undefined;
  readonly tail: StorePosition | undefined;
  readonly atMilliseconds: number;
}

export interface ProjectorHealth {
  readonly state: 'caught_up' | 'behind' | 'stalled';
  /** How many ledger events the read models hold. */
  readonly sequence: number;
  /** For how long they have been seen behind the tail without any progress. */
  readonly unchangedMilliseconds: number;
}

/**
 * Tells a projector that is behind but works, as after an import or a rebuild, from one that stands
 * still. Between two sightings at one sequence, both behind the tail, nothing was applied.
 */
export class ProjectorWatch {
  #behindAt: { readonly sequence: number; readonly sinceMilliseconds: number } | undefined;

  see({ sequence, position, tail, atMilliseconds }: ProjectorSighting): ProjectorHealth {
    const isBehind =
      tail !== undefined && (position === undefined || comparePositions(position, tail) < 0);
    if (!isBehind) {
      this.#behindAt = undefined;
      return { state: 'caught_up', sequence, unchangedMilliseconds: 0 };
    }
    if (this.#behindAt?.sequence !== sequence) {
      this.#behindAt = { sequence, sinceMilliseconds: atMilliseconds };
    }
    const unchangedMilliseconds = atMilliseconds - this.#behindAt.sinceMilliseconds;
    const state = unchangedMilliseconds >= stallMilliseconds ? 'stalled' : 'behind';
    return { state, sequence, unchangedMilliseconds };
  }
}
