import { compareInstants, compareText } from '#kernel';

/** What a register's rule looks at. */
export interface RegisterFact {
  /** The source object it speaks of: what one source calls one thing. */
  readonly object: string;
  readonly rank: number;
  /** The object's version, or null where the source gives none. */
  readonly version: bigint | null;
  /** A comparable instant, or null where the time is unknown. */
  readonly at: string | null;
  readonly factId: string;
}

/**
 * The fact whose value a register holds: within one source object the highest version, then the
 * latest, then the greatest id; between the objects' winners the best rank, then the latest, then
 * the greatest id. An unknown time loses to a known one but never overrules a version.
 */
export function registerWinner<Fact extends RegisterFact>(
  facts: readonly Fact[],
): Fact | undefined {
  const winnerByObject = new Map<string, Fact>();
  for (const fact of facts) {
    const other = winnerByObject.get(fact.object);
    if (!other || compareWithinObject(fact, other) > 0) winnerByObject.set(fact.object, fact);
  }
  let winner: Fact | undefined;
  for (const fact of winnerByObject.values()) {
    if (!winner || compareBetweenObjects(fact, winner) > 0) winner = fact;
  }
  return winner;
}

/** Positive where the left fact says the last word on its object. */
export function compareWithinObject(left: RegisterFact, right: RegisterFact): number {
  const versions = (left.version ?? -1n) - (right.version ?? -1n);
  if (versions !== 0n) return versions > 0n ? 1 : -1;
  return compareLatest(left, right);
}

function compareBetweenObjects(left: RegisterFact, right: RegisterFact): number {
  return left.rank === right.rank ? compareLatest(left, right) : right.rank - left.rank;
}

function compareLatest(left: RegisterFact, right: RegisterFact): number {
  if (left.at !== right.at) {
    if (left.at === null) return -1;
    if (right.at === null) return 1;
    return compareInstants(left.at, right.at);
  }
  return compareText(left.factId, right.factId);
}
