/**
 * Does work on items, so many at a time at most, each begun in its turn. After a failure nothing
 * more is begun; it is thrown once what was begun has ended.
 */
export async function inParallel<Item>(
  inFlightMax: number,
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const item of items) {
    if (inFlight.size >= inFlightMax) await Promise.race(inFlight);
    if (failures.length > 0) break;
    const done: Promise<void> = work(item)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => inFlight.delete(done));
    inFlight.add(done);
  }
  await Promise.all(inFlight);
  if (failures.length > 0) throw failures[0];
}
