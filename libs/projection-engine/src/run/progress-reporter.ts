import { performance } from 'node:perf_hooks';
import type { ParkedCounts } from '../parking/parking-session.js';
import type { Checkpoint } from '../postgres/checkpoint.js';
import { type GroupProgress, type GroupState, type LastBatch, RateMeter } from './progress.js';

/** Keeps the progress of one run and reports every change of it. */
export class ProgressReporter {
  private readonly rate = new RateMeter();
  private current: GroupProgress;

  constructor(
    groupName: string,
    private readonly report: (progress: GroupProgress) => void,
  ) {
    this.current = {
      groupName,
      state: { state: 'starting' },
      sequence: 0,
      position: undefined,
      epoch: 0,
      lastBatch: undefined,
      parkedKeys: 0,
      parkedEvents: 0,
      eventsPerSecond: 0,
      repeated: 0,
    };
  }

  get progress(): GroupProgress {
    return this.current;
  }

  taken({ epoch, sequence, position }: Checkpoint): void {
    this.rate.add(0, performance.now());
    this.change({ state: { state: 'catching_up' }, epoch, sequence, position });
  }

  turned(live: boolean): void {
    this.change({ state: { state: live ? 'live' : 'catching_up' } });
  }

  committed(
    { sequence, position }: Checkpoint,
    batch: Omit<LastBatch, 'committedAt'>,
    repeated: number,
    parked: ParkedCounts,
  ): void {
    this.rate.add(batch.events, performance.now());
    this.change({
      sequence,
      position,
      lastBatch: { ...batch, committedAt: new Date() },
      eventsPerSecond: this.rate.eventsPerSecond(),
      repeated: this.current.repeated + repeated,
      ...parked,
    });
  }

  /** Says what is parked, where that is not what was said before. */
  parked({ parkedKeys, parkedEvents }: ParkedCounts): void {
    const { current } = this;
    if (current.parkedKeys === parkedKeys && current.parkedEvents === parkedEvents) return;
    this.change({ parkedKeys, parkedEvents });
  }

  changeState(state: GroupState): void {
    this.change({ state });
  }

  private change(changed: Partial<GroupProgress>): void {
    this.current = { ...this.current, ...changed };
    this.report(this.current);
  }
}
