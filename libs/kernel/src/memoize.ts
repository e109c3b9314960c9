/**
 * An object that itself keeps what pure functions made of it: both go at once, where a weak map costs
 * the garbage collector an entry for each of many short-lived objects.
 */
export abstract class Remembering {
  #results: Map<unknown, object> | undefined;

  /** What the function made of this object, made now where it was not asked for before. */
  remembered<Result extends object>(compute: (key: this) => Result): Result {
    const results = (this.#results ??= new Map());
    // Under a function lies what that function gave.
    const found = results.get(compute) as Result | undefined;
    if (found !== undefined) return found;
    const result = compute(this);
    results.set(compute, result);
    return result;
  }
}

/** Remembers what a pure function made of an immutable object, for as long as that object lives. */
export function memoizeByObject<Key extends object, Result extends object>(
  compute: (key: Key) => Result,
): (key: Key) => Result {
  const known = new WeakMap<Key, Result>();
  return (key) => {
    if (key instanceof Remembering) return key.remembered(compute);
    const found = known.get(key);
    if (found) return found;
    const result = compute(key);
    known.set(key, result);
    return result;
  };
}
