import type { KillableProjector, ProjectorReport } from './killable-projector.js';

const holds = ({ state }: ProjectorReport): boolean => /catching_up|live/.test(state);

/** Who holds the group among several projectors, and how long it takes another to go on. */
export class TakeOvers {
  readonly #afterKill: number[] = [];
  readonly #afterStop: number[] = [];

  constructor(private readonly projectors: readonly KillableProjector[]) {}

  /** The one that holds the group, as soon as one of those that live does. */
  async holder(): Promise<KillableProjector> {
    for (;;) {
      const living = this.projectors.filter(({ hasEnded }) => !hasEnded);
      const greatest = Math.max(...living.map(({ last }) => last?.epoch ?? 0));
      const holder = living.find(({ last }) => last && holds(last) && last.epoch === greatest);
      if (holder) return holder;
      await Promise.race(living.map((each) => each.next()));
    }
  }

  /** Waits for so many commits of one that holds, or until it is not the one any more. */
  async commits(holder: KillableProjector, count: number): Promise<void> {
    for (let left = count; left > 0; left -= 1) {
      await holder.next();
      if (!holder.last || !holds(holder.last)) return;
    }
  }

  /** Ends the holder for good, and waits for another's first commit. */
  async afterKill(holder: KillableProjector): Promise<void> {
    const since = await this.#oncePrepared(holder);
    const at = performance.now();
    await holder.kill();
    this.#afterKill.push((await this.#successorOf(holder, since)) - at);
  }

  /** Stops the holder until another has committed, and lets it go on. */
  async afterStop(holder: KillableProjector): Promise<void> {
    const since = await this.#oncePrepared(holder);
    const at = performance.now();
    holder.send('SIGSTOP');
    this.#afterStop.push((await this.#successorOf(holder, since)) - at);
    holder.send('SIGCONT');
  }

  figures(): string {
    return [
      `first commit of another after SIGKILL: ${spread(this.#afterKill)}`,
      `after SIGSTOP: ${spread(this.#afterStop)}`,
    ].join('; ');
  }

  /** Waits until another is there to take over, and tells the epoch from which that is seen. */
  async #oncePrepared(holder: KillableProjector): Promise<number> {
    const others = this.projectors.filter((other) => other !== holder && !other.hasEnded);
    await Promise.race(others.map((other) => other.until(({ state }) => state === 'standby')));
    return Math.max(...this.projectors.map(({ last }) => last?.epoch ?? 0));
  }

  async #successorOf(holder: KillableProjector, since: number): Promise<number> {
    const others = this.projectors.filter((other) => other !== holder && !other.hasEnded);
    const commits = others.map((other) => {
      const from = other.reports.length;
      const before = other.last?.sequence ?? 0;
      return other.until(
        ({ epoch, sequence, committed }) => committed && epoch > since && sequence > before,
        from,
      );
    });
    const first = await Promise.race(commits);
    return first?.at ?? Infinity;
  }
}

function spread(milliseconds: readonly number[]): string {
  const sorted = milliseconds.map(Math.round).sort((left, right) => left - right);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return sorted.length === 0
    ? 'never tried'
    : `p50 ${middle} ms, max ${sorted.at(-1)} ms of ${sorted.length}`;
}
