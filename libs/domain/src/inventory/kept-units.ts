/**
 * Units kept until instants, by the kind of stock, that can branch as the stream's other state does.
 * Sums by instant stay small where ends are few; one that came to nothing is dropped.
 */
export class KeptUnits {
  readonly #base: KeptUnits | undefined;
  readonly #own = new Map<string, Map<string, bigint>>();

  constructor(base?: KeptUnits) {
    this.#base = base;
  }

  add(kind: string, until: string, units: bigint): void {
    const byInstant = this.#own.get(kind) ?? new Map<string, bigint>();
    const sum = (byInstant.get(until) ?? 0n) + units;
    if (sum === 0n) byInstant.delete(until);
    else byInstant.set(until, sum);
    this.#own.set(kind, byInstant);
  }

  /** What is kept longer than until the instant. */
  unitsOf(kind: string, asOf: string): bigint {
    let units = this.#base?.unitsOf(kind, asOf) ?? 0n;
    for (const [until, kept] of this.#own.get(kind) ?? []) if (until > asOf) units += kept;
    return units;
  }

  branch(): KeptUnits {
    return new KeptUnits(this);
  }
}
