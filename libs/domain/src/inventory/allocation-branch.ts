/**
 * A map that can branch: the branch reads through to what it came from and keeps its own writes.
 * A decision is tried on a branch of a stream that may hold a hundred thousand events.
 */
export class BranchingMap<Value> {
  readonly #base: BranchingMap<Value> | undefined;
  readonly #own = new Map<string, Value>();

  constructor(base?: BranchingMap<Value>) {
    this.#base = base;
  }

  get(key: string): Value | undefined {
    return this.#own.get(key) ?? this.#base?.get(key);
  }

  set(key: string, value: Value): void {
    this.#own.set(key, value);
  }

  branch(): BranchingMap<Value> {
    return new BranchingMap(this);
  }
}
