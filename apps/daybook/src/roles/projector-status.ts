import type { EventStoreStatistics } from '#event-store';
import type { GroupProgress } from '#projection-engine';

/** A sign of life of the projector's thread, and what it knows of the one that reads for it. */
export interface ProjectorBeat {
  /** For how long the reading thread gave no sign of life. */
  readonly feedSilentMilliseconds: number;
  /** What the subscriptions of the reading thread went through. */
  readonly feedStatistics: EventStoreStatistics | undefined;
}

/** How often each thread gives a sign of life. */
export const beatMilliseconds = 1_000;

/** What this process knows of the projector in it, from what its thread says and when it last spoke. */
export class ProjectorStatus {
  progress: GroupProgress | undefined;
  /** How often an outage was met since the start. */
  retries = 0;
  beat: ProjectorBeat = { feedSilentMilliseconds: 0, feedStatistics: undefined };
  private beatAtMilliseconds: number;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.beatAtMilliseconds = now();
  }

  heard(beat: ProjectorBeat): void {
    this.beat = beat;
    this.beatAtMilliseconds = this.now();
  }

  progressed(progress: GroupProgress): void {
    const { state } = progress;
    if (state.state === 'retrying' && state !== this.progress?.state) this.retries += 1;
    this.progress = progress;
  }

  /** Whether it writes the read models, as far as it knows. */
  get holds(): boolean {
    const state = this.progress?.state.state;
    return state === 'catching_up' || state === 'live';
  }

  /** For how long one of the two threads has given no sign of life. */
  get silentMilliseconds(): number {
    return Math.max(this.now() - this.beatAtMilliseconds, this.beat.feedSilentMilliseconds);
  }
}
