/** For how long the read models may stand still before the tail until that is called a stall. */
export const stallSecondsDefault = 30;
/** A third of that without a sign of life is a freeze, but a busy machine may delay one so long. */
const silenceMillisecondsLeast = 5_000;

/** Where the read models stand, and how far that is behind an independent read of the store. */
export interface ProjectorSighting {
  readonly sequence: number;
  readonly eventsBehind: number;
  readonly isExact: boolean;
  /** When the oldest event that is not applied was recorded, in milliseconds since 1970. */
  readonly oldestRecordedAtMilliseconds: number | undefined;
  /** Of PostgreSQL's clock; negative once it has expired, undefined where nobody ever took it. */
  readonly leaseMilliseconds: number | undefined;
  /** For how long the projector of this process gave no sign of life; undefined where it has none. */
  readonly silentMilliseconds: number | undefined;
  /** What is built to take the place of what is read holds so many events; undefined where nothing is. */
  readonly replacementSequence?: number | undefined;
  /** Of a clock that never goes back. */
  readonly atMilliseconds: number;
  /** Since 1970. */
  readonly wallMilliseconds: number;
}

export interface ProjectorHealth {
  /**
   * `stalled`: behind, and nothing was applied for the time allowed. `frozen`: the thread gives no
   * sign of life. `not_held`: no process holds the lease, so nobody applies anything.
   */
  readonly state: 'caught_up' | 'behind' | 'stalled' | 'frozen' | 'not_held';
  /** How many ledger events the read models hold. */
  readonly sequence: number;
  readonly eventsBehind: number;
  /** False where at least so many are missing, and more were not counted. */
  readonly eventsBehindIsExact: boolean;
  readonly secondsBehind: number;
  /** What the seconds are counted from. */
  readonly secondsMeasuredFrom: 'oldest_unapplied_event' | 'position_unchanged' | 'nothing_behind';
  /** For how long they have been seen behind the tail without any progress. */
  readonly unchangedSeconds: number;
}

/**
 * Tells a projector that is behind but works, as after an import or a rebuild, from one that stands
 * still. Between two sightings at one sequence, both behind the tail, nothing was applied.
 */
export class ProjectorWatch {
  #behindAt: { readonly applied: number; readonly sinceMilliseconds: number } | undefined;

  constructor(private readonly stallSeconds: number = stallSecondsDefault) {}

  see(sighting: ProjectorSighting): ProjectorHealth {
    const { sequence, eventsBehind, isExact, atMilliseconds } = sighting;
    if (eventsBehind === 0) this.#behindAt = undefined;
    // What is read may stand still while its replacement is built: that is a rebuild, no stall.
    const applied = sequence + (sighting.replacementSequence ?? 0);
    if (eventsBehind > 0 && this.#behindAt?.applied !== applied) {
      this.#behindAt = { applied, sinceMilliseconds: atMilliseconds };
    }
    const unchangedSeconds =
      (atMilliseconds - (this.#behindAt?.sinceMilliseconds ?? atMilliseconds)) / 1_000;
    return {
      state: this.#stateOf(sighting, unchangedSeconds),
      sequence,
      eventsBehind,
      eventsBehindIsExact: isExact,
      ...secondsOf(sighting, unchangedSeconds),
      unchangedSeconds,
    };
  }

  #stateOf(
    { eventsBehind, silentMilliseconds, leaseMilliseconds, replacementSequence }: ProjectorSighting,
    unchangedSeconds: number,
  ): ProjectorHealth['state'] {
    // Before a caught-up one is believed: what stands still has nothing to say about what comes.
    const silenceMax = Math.max(silenceMillisecondsLeast, (this.stallSeconds * 1_000) / 3);
    if (silentMilliseconds !== undefined && silentMilliseconds >= silenceMax) return 'frozen';
    const isNeeded = replacementSequence === undefined;
    if (isNeeded && leaseMilliseconds !== undefined && leaseMilliseconds <= -silenceMax) {
      return 'not_held';
    }
    if (eventsBehind === 0) return 'caught_up';
    return unchangedSeconds >= this.stallSeconds ? 'stalled' : 'behind';
  }
}

function secondsOf(
  { eventsBehind, oldestRecordedAtMilliseconds: recordedAt, wallMilliseconds }: ProjectorSighting,
  unchangedSeconds: number,
): Pick<ProjectorHealth, 'secondsBehind' | 'secondsMeasuredFrom'> {
  if (eventsBehind === 0) return { secondsBehind: 0, secondsMeasuredFrom: 'nothing_behind' };
  if (recordedAt === undefined) {
    return { secondsBehind: unchangedSeconds, secondsMeasuredFrom: 'position_unchanged' };
  }
  // Both times are those of machines that record and serve; one may be a little ahead.
  const secondsBehind = Math.max(0, (wallMilliseconds - recordedAt) / 1_000);
  return { secondsBehind, secondsMeasuredFrom: 'oldest_unapplied_event' };
}
