/**
 * Where an event belongs, as names that a projection engine can act on without knowing a domain.
 *
 * - `home`: the one unit of facts it is kept with.
 * - `connects`: names that join homes into one cluster; two homes that share a name, or one that
 *   names the other, are resolved together (witnesses of one happening, a correction and its target).
 * - `subjects`: what has to be derived again when it arrives, apart from its home: the orders it names.
 * - `reads`: homes whose facts its home is derived from without being part of them (an item's cost).
 * - `absorbedBy`: the subject whose derivation includes this home's own whole derivation (an alias).
 */
export interface EventKeys {
  readonly home: string;
  readonly connects: readonly string[];
  readonly subjects: readonly string[];
  readonly reads: readonly string[];
  readonly absorbedBy: readonly string[];
}

export function keys(home: string, rest: Partial<Omit<EventKeys, 'home'>> = {}): EventKeys {
  return {
    home,
    connects: rest.connects ?? [],
    subjects: rest.subjects ?? [],
    reads: rest.reads ?? [],
    absorbedBy: rest.absorbedBy ?? [],
  };
}
