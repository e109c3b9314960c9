import { type Effective, registerWinner, type SubjectView } from '#domain';

/**
 * The promise for the whole order, or else the latest of its lines. Each name of the order has
 * registers of its own, so what they hold is one register once more.
 */
export function promisedDate(view: SubjectView): string | null {
  const promises = view
    .effective('PromiseDateSet')
    .filter(({ event }) => view.orders.has(event.leaf));
  const lines = [...new Set(promises.map(({ event }) => event.data.line))];
  const dateOf = (line: string | undefined) =>
    promisedFor(promises.filter(({ event }) => event.data.line === line));
  const dates = lines.flatMap((line) => (line === undefined ? [] : (dateOf(line) ?? [])));
  return dateOf(undefined) ?? dates.sort().at(-1) ?? null;
}

function promisedFor(promises: readonly Effective<'PromiseDateSet'>[]): string | undefined {
  const facts = promises.map(({ event, resolved }) => ({
    object: JSON.stringify([event.account, event.leaf]),
    rank: resolved.rank,
    version: event.version === null ? null : BigInt(event.version),
    at: resolved.at,
    factId: event.eventId,
    promised: event.data.promised,
  }));
  return registerWinner(facts)?.promised;
}
