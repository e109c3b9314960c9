/** Remembers what a pure function made of an immutable object, for as long as that object lives. */
export function memoizeByObject<Key extends object, Result extends object>(
  compute: (key: Key) => Result,
): (key: Key) => Result {
  const known = new WeakMap<Key, Result>();
  return (key) => {
    const found = known.get(key);
    if (found) return found;
    const result = compute(key);
    known.set(key, result);
    return result;
  };
}
