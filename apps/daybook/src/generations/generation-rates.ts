const windowMilliseconds = 10_000;

interface Sample {
  readonly sequence: number;
  readonly atMilliseconds: number;
}

/** How fast generations apply, from where they were seen in the last seconds. */
export class GenerationRates {
  readonly #samples = new Map<number, Sample[]>();

  see(generation: number, sequence: number, atMilliseconds: number): void {
    const samples = this.#samples.get(generation) ?? [];
    samples.push({ sequence, atMilliseconds });
    while ((samples[0]?.atMilliseconds ?? atMilliseconds) < atMilliseconds - windowMilliseconds) {
      samples.shift();
    }
    this.#samples.set(generation, samples);
  }

  /** Events a second; undefined where it was seen but once. */
  eventsPerSecond(generation: number): number | undefined {
    const samples = this.#samples.get(generation) ?? [];
    const [first] = samples;
    const last = samples.at(-1);
    if (!first || !last || last.atMilliseconds <= first.atMilliseconds) return undefined;
    const events = last.sequence - first.sequence;
    return Math.round((events * 1_000) / (last.atMilliseconds - first.atMilliseconds));
  }
}
